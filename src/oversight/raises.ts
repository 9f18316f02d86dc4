/** Raising what a budget allows, until its period ends or it is reset. */

import type { Amount, Budget, SessionKey } from '../domain/budget.ts';
import { storeRaise } from '../ledger/budgetLines.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from './around.ts';
import { sessionLine, timeLine } from './lines.ts';
import { findRoot } from './sessionIds.ts';

/**
 * @param session for which alone; `null` for everybody, which only a budget over a time can be raised for
 * @param by more than 0
 * @returns what it or everybody may spend then; `null` where there is no such line to move
 */
export function raiseBudget(
  db: Database,
  budget: Budget,
  session: SessionKey | null,
  by: Amount,
  around: Around,
): Amount | null {
  return db.write(() => {
    const root = session === null ? null : findRoot(db, session);
    const isOfSession = budget.span.kind === 'session';
    if (by <= 0n || (root === null && (session !== null || isOfSession))) return null;
    return moveLine(db, budget, root, by, around);
  });
}

/**
 * From where the line lies for the session, what all may spend included. Must be called in a transaction.
 *
 * @param root id of the session for which alone; `null` for everybody, and of no budget of each session
 * @returns where it lies then
 */
export function moveLine(
  db: Database,
  budget: Budget,
  root: number | null,
  by: Amount,
  around: Around,
): Amount {
  const isOfSession = budget.span.kind === 'session' && root !== null;
  const line = isOfSession ? sessionLine(db, budget, root) : timeLine(db, budget, around, root);
  const limit = line.limit + by;
  const owner = { budget: budget.id, session: root ?? 0 };
  storeRaise(db, owner, line.time, limit - budget.limit, around.nowMs);
  return limit;
}
