/** The rows of a view as values: by id, each with its parent and its children. */

/** Stable over every change of what a row stands for. */
export type RowId = string;

export interface RowPlace {
  readonly id: RowId;
  readonly parent: RowId | undefined;
  readonly children: readonly RowId[];
}

export interface Rows<Row extends RowPlace> {
  readonly roots: readonly RowId[];
  readonly byId: ReadonlyMap<RowId, Row>;
}

/** For rows without a parent or children. */
export const topLevel = { parent: undefined, children: [] } as const;

export function toRows<Row extends RowPlace>(rows: readonly Row[]): Rows<Row> {
  return {
    roots: rows.filter(({ parent }) => parent === undefined).map(({ id }) => id),
    byId: new Map(rows.map((row) => [row.id, row])),
  };
}
