/** Which sessions are no sub-agents, and which of these were active last. */

import type { Database } from './database.ts';

/**
 * Sessions that left no time of their own but are credited with receipts that others copied from them, with the time
 * of the last. Most of the few sessions without a time are names of lost parents and have nothing.
 */
const copiedOnly = `
  SELECT session.id, max(at_ms) AS last_ms, agent, key FROM session
  JOIN counted ON counted.session = session.id WHERE session.last_ms IS NULL GROUP BY session.id`;

/** Ids of the sessions that are no sub-agents, by their last activity or that of a sub-agent, newest first. */
export function newestRoots(db: Database, limit: number): readonly number[] {
  const roots = new Set<number>();
  const known: RootsById = new Map();
  const newest = `
    SELECT id, last_ms, agent, key FROM session WHERE last_ms IS NOT NULL
    UNION ALL ${copiedOnly} ORDER BY last_ms DESC, agent, key`;
  for (const { id } of db.iterate<{ id: number }>(newest)) {
    if (roots.size >= limit) break;
    roots.add(rootOf(db, id, known));
  }
  return [...roots];
}

/** Ids of the sessions of which any part was active at `sinceMs` or later. */
export function rootsActiveSince(db: Database, sinceMs: number): readonly number[] {
  const known: RootsById = new Map();
  const sql = `
    SELECT id FROM session WHERE last_ms >= ?
    UNION ALL SELECT id FROM (${copiedOnly}) WHERE last_ms >= ?`;
  const active = db.all<{ id: number }>(sql, sinceMs, sinceMs);
  return [...new Set(active.map(({ id }) => rootOf(db, id, known)))];
}

type RootsById = Map<number, number>;

/** The outermost session of a sub-agent; the session itself when it is none. */
export function rootOf(db: Database, session: number, known: RootsById = new Map()): number {
  const way: number[] = [];
  let root = session;
  for (let at: number | null | undefined = session; typeof at === 'number'; ) {
    root = known.get(at) ?? at;
    way.push(at);
    at = root === at ? parentOf(db, at) : null;
  }
  for (const id of way) known.set(id, root);
  return root;
}

function parentOf(db: Database, session: number): number | null | undefined {
  return db.get<{ parent: number | null }>('SELECT parent FROM session WHERE id = ?', session)?.parent;
}

/** How many sessions there are that are no sub-agents. */
export function countRoots(db: Database): number {
  const row = db.get<{ count: number }>(`
    WITH RECURSIVE tree (root, id) AS (
      SELECT id, id FROM session WHERE parent IS NULL AND last_ms IS NULL
      UNION ALL SELECT root, session.id FROM tree JOIN session ON session.parent = tree.id
    )
    SELECT (SELECT count(*) FROM session WHERE parent IS NULL AND last_ms IS NOT NULL)
      + (SELECT count(DISTINCT root) FROM tree JOIN session ON session.id = tree.id
        WHERE last_ms IS NOT NULL OR EXISTS (SELECT 1 FROM counted WHERE counted.session = tree.id)) AS count`);
  return row?.count ?? 0;
}
