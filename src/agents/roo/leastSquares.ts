/** Systems of more linear equations than unknowns. */

/** `terms` times the unknowns, one by one, come to `sum`. */
export interface Equation {
  readonly terms: readonly number[];
  readonly sum: number;
}

/** A pivot that is less, of columns whose own products are 1, makes much of what was rounded. */
const leastPivot = 1e-6;

/**
 * The unknowns that come nearest to all equations, by the sum of the squares of what is amiss; `null` where they are not
 * determined.
 *
 * @param equations with the same number of terms, not all of one place 0
 */
export function solve(equations: readonly Equation[]): readonly number[] | null {
  const places = [...(equations[0]?.terms.keys() ?? [])];
  const product = (a: number, b: number) =>
    equations.reduce((sum, { terms }) => sum + (terms[a] ?? 0) * (terms[b] ?? 0), 0);
  const scales = places.map((place) => Math.sqrt(product(place, place)));
  const scaleOf = (place: number) => scales[place] ?? 1;
  const matrix = places.map((a) => [
    ...places.map((b) => product(a, b) / scaleOf(a) / scaleOf(b)),
    equations.reduce((sum, equation) => sum + (equation.terms[a] ?? 0) * equation.sum, 0) / scaleOf(a),
  ]);
  // Symmetric and positive: the pivots can be taken as they come.
  for (const [at, pivotRow] of matrix.entries()) {
    const pivot = pivotRow[at] ?? 0;
    if (!(pivot > leastPivot)) return null;
    for (const row of matrix) {
      if (row === pivotRow) continue;
      const factor = (row[at] ?? 0) / pivot;
      for (const [column, value] of pivotRow.entries()) row[column] = (row[column] ?? 0) - factor * value;
    }
  }
  return matrix.map((row, place) => (row.at(-1) ?? 0) / (row[place] ?? 1) / scaleOf(place));
}
