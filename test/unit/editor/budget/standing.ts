/** Budgets and how they stand, as the ledger would tell, for tests of what is made of them. */

import type { Budget, Standing } from '../../../../src/domain/budget.ts';
import { parseDollars } from '../../../../src/domain/money.ts';

/** Ten dollars a day. */
export function budgetOf(changed: Partial<Budget> = {}): Budget {
  return {
    id: 'day',
    span: { kind: 'calendar', unit: 'day' },
    unit: 'list',
    scope: {},
    limit: parseDollars('10'),
    nearPercent: 80,
    wrapUpPercent: 95,
    stops: true,
    isPaused: false,
    ...changed,
  };
}

export const sessionBudget = budgetOf({ id: 'session', span: { kind: 'session' }, limit: parseDollars('5') });

/** Of a budget of a day two dollars are spent, within its limit. */
export function standingOf(changed: Partial<Standing> = {}): Standing {
  const budget = changed.budget ?? budgetOf();
  return {
    budget,
    session: null,
    period: null,
    limit: budget.limit,
    spent: parseDollars('2'),
    isLowerBound: false,
    asOfMs: null,
    level: 'within',
    nextResetMs: null,
    ratePerHour: null,
    leftMs: null,
    ...changed,
  };
}
