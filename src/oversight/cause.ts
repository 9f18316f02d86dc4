/** What spent most of what brought a budget over a line. */

import type { Cause, Spender } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import type { LateSpending } from './lateSpending.ts';
import { keysOf } from './sessionIds.ts';

/** @param spent in the last minutes, as far as the budget counts it */
export function causeOf(db: Database, spent: readonly LateSpending[], nowMs: number): Cause {
  const root = greatest(spent, ({ root }) => root);
  if (root === null) return { session: null, subAgent: null, model: null, tool: null };
  const inTree = spent.filter((response) => response.root === root);
  const session = greatest(inTree, (response) => response.session) ?? root;
  return {
    session: spenderOf(db, root),
    subAgent: session === root ? null : spenderOf(db, session),
    model: greatest(inTree, ({ model }) => model),
    tool: mostCalled(db, session, nowMs - quietMs),
  };
}

/** What most was spent by; of equals the one that comes first in order. */
function greatest<Key extends string | number>(
  spent: readonly LateSpending[],
  keyOf: (response: LateSpending) => Key,
): Key | null {
  const sums = new Map<Key, number>();
  for (const response of spent) {
    const key = keyOf(response);
    sums.set(key, (sums.get(key) ?? 0) + response.amount);
  }
  const [first] = [...sums].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

const calls = `
  SELECT tool.name AS name FROM counted JOIN tool_call ON tool_call.response = counted.response
  JOIN tool ON tool.id = tool_call.tool
  WHERE counted.session = ? AND at_ms > ? GROUP BY tool.name ORDER BY count(*) DESC, tool.name LIMIT 1`;

function mostCalled(db: Database, session: number, sinceMs: number): string | null {
  return db.get<{ name: string }>(calls, session, sinceMs)?.name ?? null;
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
