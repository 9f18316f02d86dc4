/** Raising what a budget allows, until its period ends or it is reset. */

import type { Amount, Budget, SessionKey } from '../domain/budget.ts';
import { addRaise } from '../ledger/budgetLines.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from './around.ts';
import { sessionLine, timeLine } from './lines.ts';
import { findRoot } from './sessionIds.ts';

/**
 * @param session for which alone; `null` for everybody, which only a budget over a time can be raised for
 * @param by more than 0
 * @returns whether there is such a line to move
 */
export function raiseBudget(
  db: Database,
  budget: Budget,
  session: SessionKey | null,
  by: Amount,
  around: Around,
): boolean {
  return db.write(() => {
    const root = session === null ? null : findRoot(db, session);
    const isOfSession = budget.span.kind === 'session';
    if (by <= 0n || (root === null && (session !== null || isOfSession))) return false;
    const { owner, time } =
      isOfSession && root !== null ? sessionLine(db, budget, root) : timeLine(db, budget, around);
    addRaise(db, { ...owner, session: root ?? 0 }, time, by, around.nowMs);
    return true;
  });
}
