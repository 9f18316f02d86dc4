/**
 * Keeps `session.parent` a forest. Damaged or hostile logs can claim parents in a circle; then the session with the
 * smallest key on it has no parent, whichever log was read first.
 */

import type { Database } from './database.ts';

interface Link {
  readonly id: number;
  readonly key: string;
  readonly parent: number | null;
}

/** Sub-agents nest a few levels deep. A longer way up is made up, and following it for every link would take for ever. */
const longestWay = 100;

/**
 * Gives a session its parent. One that had another before needs {@link restoreCutLinks} in the end.
 *
 * @returns whether that closed a circle, and some session has lost its parent
 */
export function linkToParent(db: Database, session: number, parent: number): boolean {
  db.run('UPDATE session SET parent = ? WHERE id = ?', parent, session);
  const top = findCut(db, session);
  if (top !== undefined) db.run('UPDATE session SET parent = NULL WHERE id = ?', top.id);
  return top !== undefined;
}

/** Where links were cut, derives all of them again: one that moved may have opened the circle. */
export function restoreCutLinks(db: Database): void {
  const links = db.all<{ session: number; parent: number; isCut: number }>(`
    SELECT child.id AS session, parent.id AS parent, child.parent IS NULL AS isCut FROM fact
    JOIN session child ON child.id = fact.session
    JOIN session parent ON parent.agent = child.agent AND parent.key = fact.value
    WHERE fact.field = 'parentKey'`);
  if (links.every(({ isCut }) => isCut === 0)) return;
  db.run('UPDATE session SET parent = NULL WHERE parent IS NOT NULL');
  for (const { session, parent } of links) linkToParent(db, session, parent);
}

/** The session on a circle through `session` that must lose its parent; `undefined` where the way up ends. */
function findCut(db: Database, session: number): Link | undefined {
  const way: Link[] = [];
  for (let at: number | null = session; at !== null; at = way.at(-1)?.parent ?? null) {
    const link = db.get<Link>('SELECT id, key, parent FROM session WHERE id = ?', at);
    if (link === undefined) return undefined;
    way.push(link);
    if (way.length > longestWay) return way[0];
    if (link.parent === session) return way.reduce((a, b) => (b.key < a.key ? b : a));
  }
  return undefined;
}
