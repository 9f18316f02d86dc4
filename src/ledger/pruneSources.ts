/** Forgets the cursors of logs that are gone. Their receipts stay. */

import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import type { Database } from './database.ts';
import type { FoundLog, Place, Root } from './discover.ts';

/**
 * @param found every log that a whole walk met
 * @param unreadable folders that could not be looked into: what may lie in them is not gone
 */
export function pruneSources(
  db: Database,
  roots: readonly Root[],
  found: readonly FoundLog[],
  unreadable: readonly Place[],
): void {
  const kept = new Set([...found, ...unreadable].map(({ path }) => path));
  const closed = unreadable.map(({ path }) => path + sep);
  const isGone = (path: string) => !kept.has(path) && !closed.some((folder) => path.startsWith(folder));
  const gone = roots.flatMap((root) => sourcesOf(db, root)).filter(({ path }) => isGone(path));
  if (gone.length === 0) return;
  const ids = JSON.stringify(gone.map(({ id }) => id));
  db.write(() => {
    db.run('DELETE FROM refusal WHERE source IN (SELECT value FROM json_each(?))', ids);
    db.run('DELETE FROM source WHERE id IN (SELECT value FROM json_each(?))', ids);
  });
}

/** A root that is not there may come back, such as a network drive: its cursors are kept. */
function sourcesOf(db: Database, root: Root): readonly { readonly id: number; readonly path: string }[] {
  if (!existsSync(root.realPath)) return [];
  const sql = 'SELECT id, path FROM source WHERE agent = ? AND root = ?';
  return db.all<{ id: number; path: string }>(sql, root.reader.agent, root.realPath);
}
