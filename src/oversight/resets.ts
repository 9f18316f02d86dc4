/** Ending the period of a budget now, so that it counts anew. */

import type { Budget, SessionKey, Standing } from '../domain/budget.ts';
import { addReset } from '../ledger/budgetLines.ts';
import type { Database } from '../ledger/database.ts';
import { keepSums } from '../ledger/grownReceipts.ts';
import { newestRoots } from '../ledger/roots.ts';
import type { Around } from './around.ts';
import { findRoot } from './sessionIds.ts';
import { standingsWithoutRates } from './standings.ts';

export interface ResetQuery {
  /** Id of a budget; `null` for all. */
  readonly budget: string | null;
  /** Whose budgets are meant, where they are ones of each session; `null` for all. */
  readonly session: SessionKey | null;
}

/**
 * Counts anew from after everything that was read so far, whatever times it bears, and keeps what was spent until then.
 * A budget over a time is only reset by its id, or with all. What an agent reports of a plan cannot be.
 *
 * @returns how many periods it ended in which something had been spent
 */
export function resetBudgets(
  db: Database,
  budgets: readonly Budget[],
  { budget, session }: ResetQuery,
  around: Around,
): number {
  return db.write(() => {
    const meant = eachOnce(budgets).filter(
      ({ id, unit }) => unit !== 'planShare' && (budget === null || id === budget),
    );
    const isOfSessions = meant.some(({ span }) => span.kind === 'session');
    const roots = isOfSessions ? rootsOf(db, session) : [];
    const ended = standingsWithoutRates(db, meant, around, roots).filter(
      (standing) => standing.spent > 0n && (isOfSession(standing) || budget !== null || session === null),
    );
    for (const standing of ended) reset(db, standing, around.nowMs);
    if (ended.length > 0) keepSums(db, around.nowMs);
    return ended.length;
  });
}

/** What was spent is the same of two of one id. */
function eachOnce(budgets: readonly Budget[]): readonly Budget[] {
  return [...new Map(budgets.map((budget) => [budget.id, budget])).values()];
}

function isOfSession(standing: Standing): boolean {
  return standing.session !== null;
}

function rootsOf(db: Database, session: SessionKey | null): readonly number[] {
  if (session === null) return newestRoots(db, Number.POSITIVE_INFINITY);
  const root = findRoot(db, session);
  return root === null ? [] : [root];
}

function reset(db: Database, { budget, session, spent }: Standing, nowMs: number): void {
  const root = session === null ? 0 : findRoot(db, session);
  if (root !== null) addReset(db, { budget: budget.id, session: root }, spent, nowMs);
}
