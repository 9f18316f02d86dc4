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
 * Those of its own budgets, and of the budgets over a time that count it, as they were raised for it. None that is paused.
 *
 * @param root id of a session that is no sub-agent
 */
export function standingsFor(
  db: Database,
  budgets: readonly Budget[],
  root: number,
  around: Around,
): readonly Standing[] {
  const charged = chargedSessions(db, [root], around.accounts).get(root);
  if (charged === undefined) return [];
  const inForce = budgets.filter(({ isPaused }) => !isPaused);
  const models = inForce.some(({ scope }) => scope.model !== undefined) ? modelsInUse(db, root, around) : [];
  const overTime = inForce
    .filter((budget) => budget.span.kind !== 'session' && isCharged(budget, charged, models))
    .map((budget) => timeStanding(db, budget, around, { root, agent: charged.agent }));
  return [...(sessionStandings(db, inForce, around, [root]).get(root) ?? []), ...overTime];
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

/** @param models those that the session asks now: a budget of others is no reason to stop it */
function isCharged({ unit, scope }: Budget, session: Charged, models: readonly string[]): boolean {
  const { model } = scope;
  if (model !== undefined && !models.some((name) => matchesModel(model, name))) return false;
  return isInScope(scope, session) && countsUseOf(unit, session);
}

const recentMs = 3_600_000;

function modelsInUse(db: Database, root: number, { nowMs }: Around): readonly string[] {
  const sql = `${treeOf}
    SELECT DISTINCT name FROM tree JOIN counted ON counted.session = tree.id JOIN model ON model.id = counted.model
    WHERE at_ms > ?`;
  return db.all<{ name: string }>(sql, JSON.stringify([root]), nowMs - recentMs).map(({ name }) => name);
}
