/** Rows that are written by one statement, which takes less than a statement for each. */

/** How many: more gain next to nothing, and other numbers would each be a statement of their own. */
const lotSizes = [32, 8, 1] as const;

/** The numbers of so many rows, in lots. */
export function* inLots(count: number): Iterable<readonly number[]> {
  for (let from = 0; from < count; ) {
    const size = lotSizes.find((each) => each <= count - from) ?? 1;
    const first = from;
    yield Array.from({ length: size }, (_, index) => first + index);
    from += size;
  }
}

/** What follows `VALUES` for so many rows. @param row what stands for the values of one */
export function placesOf(row: string, count: number): string {
  return Array(count).fill(`(${row})`).join(', ');
}
