/** Which rows must be drawn again. */

import type { RowId, SessionRows } from './sessionRows.ts';

/**
 * The topmost rows that differ, which is all that VS Code needs to be told: it draws what is below them too.
 *
 * @param look what a row shows, by its id, as one comparable text each
 * @returns `undefined` when the roots themselves changed
 */
export function changedRows(
  before: SessionRows,
  lookBefore: ReadonlyMap<RowId, string>,
  after: SessionRows,
  look: ReadonlyMap<RowId, string>,
): readonly RowId[] | undefined {
  if (!isSameList(before.roots, after.roots)) return undefined;
  return after.roots.flatMap((id) => changedBelow(id));

  function changedBelow(id: RowId): readonly RowId[] {
    const children = after.byId.get(id)?.children ?? [];
    const isSame =
      look.get(id) === lookBefore.get(id) && isSameList(children, before.byId.get(id)?.children ?? []);
    return isSame ? children.flatMap(changedBelow) : [id];
  }
}

function isSameList(a: readonly RowId[], b: readonly RowId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
