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

/** Gives a session, which had none, its parent. */
export function linkToParent(db: Database, session: number, parent: number): void {
  db.run('UPDATE session SET parent = ? WHERE id = ?', parent, session);
  const circle = findCircle(db, session);
  const top = circle.reduce<Link | undefined>(
    (a, b) => (a === undefined || b.key < a.key ? b : a),
    undefined,
  );
  if (top !== undefined) db.run('UPDATE session SET parent = NULL WHERE id = ?', top.id);
}

/** Derives all links again: the change of one may open a circle that was cut elsewhere. */
export function relinkAll(db: Database): void {
  db.run('UPDATE session SET parent = NULL WHERE parent IS NOT NULL');
  const links = db.all<{ session: number; parent: number }>(`
    SELECT child.id AS session, parent.id AS parent FROM fact
    JOIN session child ON child.id = fact.session
    JOIN session parent ON parent.agent = child.agent AND parent.key = fact.value
    WHERE fact.field = 'parentKey'`);
  for (const { session, parent } of links) linkToParent(db, session, parent);
}

/** The sessions on the circle through `session`; empty when its way up ends. */
function findCircle(db: Database, session: number): readonly Link[] {
  const way: Link[] = [];
  let at: number | null = session;
  while (at !== null) {
    const link: Link | undefined = db.get<Link>('SELECT id, key, parent FROM session WHERE id = ?', at);
    if (link === undefined) return [];
    way.push(link);
    if (link.parent === session) return way;
    at = link.parent;
  }
  return [];
}
