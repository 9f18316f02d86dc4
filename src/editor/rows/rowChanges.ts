/** Which rows must be drawn again. */

import type { RowId, RowPlace, Rows } from './rows.ts';

/**
 * The topmost rows that differ, which is all that VS Code needs to be told: it draws what is below them too.
 *
 * @param looksDifferent whether a row is drawn and would now be drawn differently
 * @returns `undefined` when the roots themselves changed
 */
export function changedRows<Row extends RowPlace>(
  before: Rows<Row>,
  after: Rows<Row>,
  looksDifferent: (row: Row) => boolean,
): readonly RowId[] | undefined {
  if (!isSameList(before.roots, after.roots)) return undefined;
  return after.roots.flatMap((id) => changedBelow(id));

  function changedBelow(id: RowId): readonly RowId[] {
    const row = after.byId.get(id);
    if (row === undefined) return [];
    const isSame = isSameList(row.children, before.byId.get(id)?.children ?? []) && !looksDifferent(row);
    return isSame ? row.children.flatMap(changedBelow) : [id];
  }
}

function isSameList(a: readonly RowId[], b: readonly RowId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
