/** Rows that are written by one statement, which takes less than a statement for each. */

/** How many: more gain next to nothing, and other numbers would each be a statement of their own. */
const lotSizes = [32, 8, 1] as const;

/** Rows that follow one another. */
export interface Lot {
  readonly first: number;
  readonly count: number;
}

/** So many rows, in lots. */
export function* inLots(rows: number): Iterable<Lot> {
  for (let first = 0; first < rows; ) {
    const count = lotSizes.find((size) => size <= rows - first) ?? 1;
    yield { first, count };
    first += count;
  }
}

/** What follows `VALUES` for so many rows. @param row what stands for the values of one */
export function placesOf(row: string, count: number): string {
  return Array(count).fill(`(${row})`).join(', ');
}
