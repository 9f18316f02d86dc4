/** What the ledger has taken, and refused, from each folder with logs. */

import type { RefusalReason } from '../domain/refusal.ts';
import type { Database } from './database.ts';
import { type Root, rootState } from './discover.ts';
import type { LogFolder } from './views.ts';

/** The database is asked before the promise is returned: it may be closed while the folders are looked at. */
export function logFolders(db: Database, roots: readonly Root[]): Promise<readonly LogFolder[]> {
  const counts = roots.map((root) => ({ root, counted: countSources(db, root) }));
  return Promise.all(
    counts.map(async ({ root, counted }) => ({
      agent: root.reader.agent,
      path: root.path,
      watched: root.watched,
      isForeign: root.isForeign,
      state: await rootState(root),
      ...counted,
    })),
  );
}

function countSources(db: Database, root: Root): Pick<LogFolder, 'files' | 'refused'> {
  const place = [root.reader.agent, root.realPath];
  const counts = db.get<{ files: number; unreadable: number }>(
    `SELECT ifnull(sum(file_id <> ''), 0) AS files, ifnull(sum(is_unreadable), 0) AS unreadable
    FROM source WHERE agent = ? AND root = ?`,
    ...place,
  );
  const refusals = db.all<{ reason: RefusalReason; count: number }>(
    `SELECT reason, sum(count) AS count FROM refusal JOIN source ON source.id = refusal.source
    WHERE agent = ? AND root = ? GROUP BY reason ORDER BY reason`,
    ...place,
  );
  const refused = Object.fromEntries(refusals.map(({ reason, count }) => [reason, count]));
  const unreadable = counts?.unreadable ?? 0;
  return { files: counts?.files ?? 0, refused: unreadable === 0 ? refused : { ...refused, unreadable } };
}
