/** How the budgets of each session stand, sub-agents charged to the session that started them. */

import { amountOf, isLowerBound } from '../budgets/amount.ts';
import { levelOf } from '../budgets/level.ts';
import { matchesModel } from '../budgets/modelPattern.ts';
import { countsUseOf, isInScope } from '../budgets/scope.ts';
import type { Budget, SessionKey, Standing } from '../domain/budget.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import { type ChargedSession, chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { type SessionSum, sumsSinceReset } from '../ledger/sessionSums.ts';
import type { Around } from './around.ts';
import { sessionLine } from './lines.ts';
import { keysOf } from './sessionIds.ts';

/** By the ids of the sessions, those that no budget counts left out. */
export function sessionStandings(
  db: Database,
  budgets: readonly Budget[],
  { accounts }: Around,
  roots: readonly number[],
): ReadonlyMap<number, readonly Standing[]> {
  const ofSessions = budgets.filter(({ span }) => span.kind === 'session');
  const standings = new Map<number, Standing[]>();
  if (ofSessions.length === 0 || roots.length === 0) return standings;
  const keys = keysOf(db, roots);
  for (const budget of ofSessions) {
    for (const [root, counted] of countedByRoot(db, budget, roots, accounts)) {
      const key = keys.get(root);
      if (key === undefined) continue;
      const standing = toStanding(db, budget, root, key, counted);
      standings.set(root, [...(standings.get(root) ?? []), standing]);
    }
  }
  return standings;
}

/** Those of the sessions that any of the budgets is for. */
export function sessionsCounted(
  db: Database,
  budgets: readonly Budget[],
  roots: readonly number[],
  { accounts }: Around,
): ReadonlySet<number> {
  const ofSessions = budgets.filter(({ span }) => span.kind === 'session');
  const charged = chargedSessions(db, roots, accounts);
  return new Set(roots.filter((root) => ofSessions.some((budget) => isFor(budget, charged.get(root)))));
}

/** What counts of each session that the budget is for. */
function countedByRoot(
  db: Database,
  budget: Budget,
  roots: readonly number[],
  accounts: Around['accounts'],
): ReadonlyMap<number, Totals> {
  const sums = sumsSinceReset(db, roots, budget.id);
  const charged = chargedSessions(
    db,
    [...new Set([...roots, ...sums.map(({ session }) => session)])],
    accounts,
  );
  const counted = new Map<number, Totals>();
  for (const root of roots) {
    if (isFor(budget, charged.get(root))) counted.set(root, noTotals);
  }
  for (const sum of sums) {
    if (!isCounted(budget, sum, charged)) continue;
    counted.set(sum.root, addTotals(counted.get(sum.root) ?? noTotals, sum.totals));
  }
  return counted;
}

function isFor({ unit, scope }: Budget, root: ChargedSession | undefined): boolean {
  return root !== undefined && isInScope(scope, root) && countsUseOf(unit, root);
}

function isCounted(
  { unit, scope }: Budget,
  { root, session, model }: SessionSum,
  charged: ReadonlyMap<number, ChargedSession>,
): boolean {
  const [outer, own] = [charged.get(root), charged.get(session)];
  if (outer === undefined || own === undefined || !isInScope(scope, outer)) return false;
  return countsUseOf(unit, own) && (scope.model === undefined || matchesModel(scope.model, model));
}

function toStanding(
  db: Database,
  budget: Budget,
  root: number,
  session: SessionKey,
  totals: Totals,
): Standing {
  const { unit } = budget;
  if (unit === 'planShare') throw new Error('a session has no share of a plan');
  const { limit } = sessionLine(db, budget, root);
  const spent = amountOf(unit, totals);
  return {
    budget,
    session,
    period: null,
    limit,
    spent,
    isLowerBound: isLowerBound(unit, totals),
    asOfMs: null,
    level: levelOf(budget, limit, spent),
    nextResetMs: null,
    ratePerHour: null,
    leftMs: null,
  };
}
