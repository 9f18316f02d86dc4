/** What was spent of late, by the budgets that count it. */

import { matchesModel } from '../budgets/modelPattern.ts';
import { countsUseOf, isInScope } from '../budgets/scope.ts';
import type { Budget, BudgetUnit, Standing } from '../domain/budget.ts';
import { type ChargedSession, chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { type RecentSpending, recentSpending } from '../ledger/recentSpending.ts';
import { rootOf } from '../ledger/roots.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import type { Around } from './around.ts';
import { keysOf } from './sessionIds.ts';

/** One response, in the unit of the budget that counts it. */
export interface LateSpending {
  readonly root: number;
  readonly session: number;
  readonly model: string;
  readonly atMs: number;
  readonly amount: number;
  readonly isWholeSession: number;
}

export interface CountedSpending {
  /** What a budget counts of it, in no order. */
  of(standing: Pick<Standing, 'budget' | 'session'>): readonly LateSpending[];
}

interface ChargedSpending extends RecentSpending {
  readonly root: number;
  readonly rootName: string;
  readonly own: ChargedSession | undefined;
  readonly outer: ChargedSession | undefined;
}

/** The same, looked up when it is asked for first. */
export function lateSpendingWhenAsked(db: Database, around: Around, windowMs: number): CountedSpending {
  let late: CountedSpending | undefined;
  return {
    of: (standing) => {
      late ??= lateSpending(db, around, windowMs);
      return late.of(standing);
    },
  };
}

/** Clocks that are a little ahead make no difference. */
export function lateSpending(db: Database, { nowMs, accounts }: Around, windowMs: number): CountedSpending {
  const recent = recentSpending(db, nowMs - windowMs, nowMs + quietMs);
  const known = new Map<number, number>();
  const rootIds = new Map(recent.map(({ session }) => [session, rootOf(db, session, known)]));
  const ids = [...new Set([...rootIds.keys(), ...rootIds.values()])];
  const charged = chargedSessions(db, ids, accounts);
  const names = new Map([...keysOf(db, ids)].map(([id, { agent, key }]) => [id, `${agent}\0${key}`]));
  const spending = recent.map((response): ChargedSpending => {
    const root = rootIds.get(response.session) ?? response.session;
    const [own, outer] = [charged.get(response.session), charged.get(root)];
    return { ...response, root, rootName: names.get(root) ?? '', own, outer };
  });
  return {
    of: ({ budget, session }) => {
      const name = session === null ? null : `${session.agent}\0${session.key}`;
      return spending
        .filter((response) => (name === null || response.rootName === name) && isCounted(budget, response))
        .map((response) => ({ ...response, amount: amountIn(budget.unit, response) }));
    },
  };
}

/** Budgets of sessions go by where the outermost session is at work, others by where each is. */
function isCounted({ unit, scope, span }: Budget, { own, outer, model }: ChargedSpending): boolean {
  const place = span.kind === 'session' ? outer : own;
  if (own === undefined || place === undefined || !isInScope(scope, place) || !countsUseOf(unit, own))
    return false;
  return scope.model === undefined || matchesModel(scope.model, model);
}

function amountIn(unit: BudgetUnit, { cost, tokens, reported }: RecentSpending): number {
  if (unit === 'tokens') return tokens;
  return unit === 'credits' ? reported : cost;
}
