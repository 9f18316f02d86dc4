/** What spent most of what brought a budget over a line. */

import type { Cause, Spender, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { keysOf } from './sessionIds.ts';

/** @param root the session whose budget it is; `null` for one over a time */
export function causeOf(db: Database, _standing: Standing, root: number | null): Cause {
  const session = root === null ? null : spenderOf(db, root);
  return { session, subAgent: null, model: null, tool: null };
}

function spenderOf(db: Database, session: number): Spender | null {
  const key = keysOf(db, [session]).get(session);
  if (key === undefined) return null;
  const sql = "SELECT field, value FROM fact WHERE session = ? AND field IN ('title', 'role')";
  const facts = new Map(
    db.all<{ field: string; value: string }>(sql, session).map(({ field, value }) => [field, value]),
  );
  return { ...key, title: facts.get('title') ?? null, role: facts.get('role') ?? null };
}
