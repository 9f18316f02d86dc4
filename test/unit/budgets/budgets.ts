/** Budgets and standings for tests of what is made of them. */

import { budgetId } from '../../../src/budgets/budgetId.ts';
import type { Budget, Standing } from '../../../src/domain/budget.ts';

/** A budget of each session of 1,000 at list price, but for what is given. */
export function budget(facts: Partial<Budget> = {}): Budget {
  const { span = { kind: 'session' }, unit = 'list', scope = {} } = facts;
  return {
    id: budgetId({ span, unit, scope }),
    span,
    unit,
    scope,
    limit: 1_000n,
    nearPercent: 80,
    wrapUpPercent: 95,
    stops: true,
    isPaused: false,
    ...facts,
  };
}

export const day = { kind: 'calendar', unit: 'day' } as const;

/** A standing in which nothing is spent, but for what is given. */
export function standing(facts: Partial<Standing> = {}): Standing {
  return {
    budget: budget(),
    session: null,
    period: null,
    limit: 1_000n,
    spent: 0n,
    isLowerBound: false,
    asOfMs: null,
    level: 'within',
    nextResetMs: null,
    ratePerHour: null,
    leftMs: null,
    ...facts,
  };
}
