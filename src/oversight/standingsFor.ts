/** The standings that decide over one session. */

import { matchesModel } from '../budgets/modelPattern.ts';
import { type Charged, countsUseOf, isInScope } from '../budgets/scope.ts';
import type { Budget, Standing } from '../domain/budget.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { treeOf } from '../ledger/sums.ts';
import type { Around } from './around.ts';
import { sessionStandings } from './sessionStandings.ts';
import { timeStanding } from './standings.ts';

/**
 * Those of its own budgets, and of the budgets over a time that count it, as they were raised for it. None that is paused,
 * and none of models that it does not ask now.
 *
 * @param root id of a session that is no sub-agent
 */
export function standingsFor(
  db: Database,
  budgets: readonly Budget[],
  root: number,
  around: Around,
): readonly Standing[] {
  return standingsSince(db, budgets, root, around, around.nowMs - recentMs);
}

/** As {@link standingsFor}, with those of all models that it ever asked: it may ask them again. */
export function standingsForAllOf(
  db: Database,
  budgets: readonly Budget[],
  root: number,
  around: Around,
): readonly Standing[] {
  return standingsSince(db, budgets, root, around, Number.MIN_SAFE_INTEGER);
}

/** @param modelsMs models that it asked since */
function standingsSince(
  db: Database,
  budgets: readonly Budget[],
  root: number,
  around: Around,
  modelsMs: number,
): readonly Standing[] {
  const charged = chargedSessions(db, [root], around.accounts).get(root);
  if (charged === undefined) return [];
  const inForce = budgets.filter(({ isPaused }) => !isPaused);
  const models = modelsAsked(db, inForce, root, modelsMs);
  const overTime = inForce
    .filter((budget) => budget.span.kind !== 'session' && isCharged(budget, charged, models))
    .map((budget) => timeStanding(db, budget, around, { root, agent: charged.agent }));
  const own = sessionStandings(db, inForce, around, [root]).get(root) ?? [];
  return [...own.filter(({ budget }) => isOfModels(budget, models)), ...overTime];
}

/** As {@link standingsFor}, for a session that has spent nothing and of which the ledger knows nothing. */
export function standingsForNew(
  db: Database,
  budgets: readonly Budget[],
  session: Charged,
  around: Around,
): readonly Standing[] {
  return budgets
    .filter(({ isPaused, span }) => !isPaused && span.kind !== 'session')
    .filter((budget) => isCharged(budget, session, []))
    .map((budget) => timeStanding(db, budget, around, { root: null, agent: session.agent }));
}

/** Those of the sessions that a budget is to stop at its limit, however far that is. @param roots ids */
export function sessionsToStop(
  db: Database,
  budgets: readonly Budget[],
  roots: readonly number[],
  { accounts, nowMs }: Around,
): readonly number[] {
  const acting = budgets.filter(({ stops, isPaused }) => stops && !isPaused);
  const charged = chargedSessions(db, acting.length === 0 ? [] : roots, accounts);
  return roots.filter((root) => {
    const session = charged.get(root);
    if (session === undefined) return false;
    const models = modelsAsked(db, acting, root, nowMs - recentMs);
    return acting.some((budget) => isCharged(budget, session, models));
  });
}

function isCharged(budget: Budget, session: Charged, models: readonly string[]): boolean {
  const { unit, scope } = budget;
  return isOfModels(budget, models) && isInScope(scope, session) && countsUseOf(unit, session);
}

/** @param models those that a session asks: a budget of others is no reason to stop it */
function isOfModels({ scope: { model } }: Budget, models: readonly string[]): boolean {
  return model === undefined || models.some((name) => matchesModel(model, name));
}

const recentMs = 3_600_000;

/** None where no budget wants to know. */
function modelsAsked(
  db: Database,
  budgets: readonly Budget[],
  root: number,
  sinceMs: number,
): readonly string[] {
  if (budgets.every(({ scope }) => scope.model === undefined)) return [];
  const sql = `${treeOf}
    SELECT DISTINCT name FROM tree JOIN counted ON counted.session = tree.id JOIN model ON model.id = counted.model
    WHERE at_ms > ?`;
  return db.all<{ name: string }>(sql, JSON.stringify([root]), sinceMs).map(({ name }) => name);
}
