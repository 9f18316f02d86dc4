/** What of a time a budget counts. */

import { matchesModel } from '../budgets/modelPattern.ts';
import { countsUseOf, isInScope, tellsSessionsApart } from '../budgets/scope.ts';
import type { Budget } from '../domain/budget.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import {
  type Stretch,
  totalByModel,
  totalBySession,
  totalBySessionAndModel,
  totalOf,
} from '../ledger/hourly.ts';
import type { Around } from './around.ts';

/** Takes about a millisecond where neither sessions nor their accounts matter, and else as many as there are sessions. */
export function spentOver(db: Database, budget: Budget, stretch: Stretch, around: Around): Totals {
  if (tellsSessionsApart(budget)) return sumOf(countedSums(db, budget, stretch, around));
  const { model } = budget.scope;
  if (model === undefined) return totalOf(db, stretch);
  const byModel = [...totalByModel(db, stretch)];
  return sumOf(byModel.filter(([name]) => matchesModel(model, name)).map(([, totals]) => totals));
}

function countedSums(
  db: Database,
  { unit, scope }: Budget,
  stretch: Stretch,
  { accounts }: Around,
): readonly Totals[] {
  const sums = sumsBySession(db, scope.model, stretch);
  const sessions = chargedSessions(db, [...new Set(sums.map(({ session }) => session))], accounts);
  return sums
    .filter(({ session }) => {
      const charged = sessions.get(session);
      return charged !== undefined && isInScope(scope, charged) && countsUseOf(unit, charged);
    })
    .map(({ totals }) => totals);
}

interface SumOfSession {
  readonly session: number;
  readonly totals: Totals;
}

function sumsBySession(db: Database, pattern: string | undefined, stretch: Stretch): readonly SumOfSession[] {
  if (pattern !== undefined) {
    return totalBySessionAndModel(db, stretch).filter(({ model }) => matchesModel(pattern, model));
  }
  return [...totalBySession(db, stretch)].map(([session, totals]) => ({ session, totals }));
}

function sumOf(totals: readonly Totals[]): Totals {
  return totals.reduce(addTotals, noTotals);
}
