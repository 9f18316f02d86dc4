/** Budgets and how they stand, as the ledger would tell, for tests of what is made of them. */

import type { Budget, Standing } from '../../../../src/domain/budget.ts';
import { parseDollars } from '../../../../src/domain/money.ts';
import { budget, day, standing } from '../../budgets/budgets.ts';

/** Ten dollars a day. */
export function budgetOf(changed: Partial<Budget> = {}): Budget {
  return budget({ id: 'day', span: day, limit: parseDollars('10'), ...changed });
}

export const sessionBudget = budgetOf({ id: 'session', span: { kind: 'session' }, limit: parseDollars('5') });

/** Of a budget of a day two dollars are spent, within its limit. */
export function standingOf(changed: Partial<Standing> = {}): Standing {
  const { budget: own = budgetOf() } = changed;
  return standing({ budget: own, limit: own.limit, spent: parseDollars('2'), ...changed });
}
