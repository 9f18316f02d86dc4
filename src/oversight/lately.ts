/** Whether something was spent just now. What is long past is noted in silence, whatever it cost. */

import type { Database } from '../ledger/database.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import { treeOf } from '../ledger/sums.ts';

/** @param root a session, with all that is below it; `null` for any */
export function wasActiveLately(db: Database, root: number | null, nowMs: number): boolean {
  const isLate = 'at_ms > ? AND at_ms < ? LIMIT 1';
  const span = [nowMs - quietMs, nowMs + quietMs];
  const inTree = `${treeOf} SELECT 1 FROM tree JOIN counted ON counted.session = tree.id WHERE ${isLate}`;
  const row =
    root === null
      ? db.get(`SELECT 1 FROM counted WHERE ${isLate}`, ...span)
      : db.get(inTree, JSON.stringify([root]), ...span);
  return row !== undefined;
}
