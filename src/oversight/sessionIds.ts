/** Sessions by their agents' own ids and by the ledger's. */

import type { SessionKey } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootOf } from '../ledger/roots.ts';

/** The outermost session above one, or itself; `null` where the ledger does not know it. */
export function findRoot(db: Database, { agent, key }: SessionKey): number | null {
  const row = db.get<{ id: number }>('SELECT id FROM session WHERE agent = ? AND key = ?', agent, key);
  return row === undefined ? null : rootOf(db, row.id);
}

/** Those of the ids that the ledger knows. */
export function keysOf(db: Database, sessions: readonly number[]): ReadonlyMap<number, SessionKey> {
  const sql = 'SELECT id, agent, key FROM session WHERE id IN (SELECT value FROM json_each(?))';
  const rows = db.all<SessionKey & { readonly id: number }>(sql, JSON.stringify(sessions));
  return new Map(rows.map(({ id, agent, key }) => [id, { agent, key }]));
}
