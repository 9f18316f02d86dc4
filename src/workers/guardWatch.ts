/** Which sessions run unguarded though a budget is to stop them: it shows by the beats that do not come. */

import { guardFolderIn } from '../guard/guardFolder.ts';
import { readInstalled } from '../guard/installed.ts';
import { rootsAtWork, unguardedSession } from '../guard/unguarded.ts';
import type { Database } from '../ledger/database.ts';
import type { UnguardedRun } from '../ledger/views.ts';
import type { Around } from '../oversight/around.ts';
import { loadBudgets } from '../oversight/budgetsInForce.ts';
import { sessionsToStop } from '../oversight/standingsFor.ts';

/**
 * By the ids of the sessions, those left out that are guarded, or that nothing would stop in any case.
 *
 * @param dataFolder of the ledger; `null` where it is in memory, and no guard knows it
 */
export function unguardedRuns(
  db: Database,
  dataFolder: string | null,
  around: Around,
): ReadonlyMap<number, UnguardedRun> {
  if (dataFolder === null) return new Map();
  const folder = guardFolderIn(dataFolder);
  const installedMs = readInstalled(folder);
  if (installedMs.size === 0) return new Map();
  const { nowMs } = around;
  const roots = sessionsToStop(db, loadBudgets(db), rootsAtWork(db, nowMs), around);
  return new Map(
    roots.flatMap((root) => {
      const found = unguardedSession(db, root, { folder, installedMs, nowMs });
      return found === null ? [] : [[root, { beatMs: found.beatMs, responses: found.responses }]];
    }),
  );
}
