/**
 * The folders that are open in the windows of all editors. Some agents log into the project that they work in, of which
 * nothing but a window knows; whichever of the windows reads the logs must know of those of the others.
 */

import type { Database } from './database.ts';

/** A project that was not opened for so long is forgotten. */
const forgottenAfterMs = 90 * 86_400_000;
/** Each is looked into and watched by every window: those opened last. */
const mostFolders = 64;

/** Notes that folders are open now, by their paths alone. */
export function noteOpenFolders(db: Database, paths: readonly string[], nowMs: number): void {
  db.write(() => {
    for (const path of paths)
      db.run('INSERT OR REPLACE INTO open_folder (path, seen_ms) VALUES (?, ?)', path, nowMs);
    db.run('DELETE FROM open_folder WHERE seen_ms < ?', nowMs - forgottenAfterMs);
  });
}

/** Paths of folders that are or were open in any window, in order of their names. */
export function openFolders(db: Database): readonly string[] {
  const sql = 'SELECT path FROM open_folder ORDER BY seen_ms DESC, path LIMIT ?';
  return db
    .all<{ path: string }>(sql, mostFolders)
    .map(({ path }) => path)
    .sort();
}
