/** What of a time a budget counts. */

import { matchesModel } from '../budgets/modelPattern.ts';
import { countsUseOf, isInScope, needsAccount } from '../budgets/scope.ts';
import type { Budget } from '../domain/budget.ts';
import type { Totals } from '../domain/totals.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { type Choice, type Stretch, sessionsIn, totalOf } from '../ledger/hourly.ts';
import type { Around } from './around.ts';

/** Takes about a millisecond where it does not matter whose sessions spent, and else as many as there are sessions. */
export function spentOver(db: Database, budget: Budget, stretch: Stretch, around: Around): Totals {
  const { model } = budget.scope;
  const choice: Choice = {
    ...(model !== undefined && { models: modelsLike(db, model) }),
    ...(tellsSessionsApart(budget) && { sessions: countedSessions(db, budget, stretch, around) }),
  };
  return totalOf(db, stretch, choice);
}

function modelsLike(db: Database, pattern: string): readonly number[] {
  const models = db.all<{ id: number; name: string }>('SELECT id, name FROM model');
  return models.filter(({ name }) => matchesModel(pattern, name)).map(({ id }) => id);
}

function tellsSessionsApart({ unit, scope }: Budget): boolean {
  return needsAccount(unit) || scope.agent !== undefined || scope.project !== undefined;
}

function countedSessions(
  db: Database,
  { unit, scope }: Budget,
  stretch: Stretch,
  { accounts }: Around,
): readonly number[] {
  const ids = sessionsIn(db, stretch);
  const asked = { account: needsAccount(unit), place: scope.project !== undefined };
  const sessions = chargedSessions(db, ids, accounts, asked);
  return [...sessions]
    .filter(([, session]) => isInScope(scope, session) && countsUseOf(unit, session))
    .map(([id]) => id);
}
