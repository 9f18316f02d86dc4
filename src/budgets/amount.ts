/** What sums over receipts come to in the unit of a budget. */

import type { Amount, BudgetUnit } from '../domain/budget.ts';
import { allTokens, type Totals } from '../domain/totals.ts';

/** Of the totals of what the budget counts. A share of a plan is none of them: agents report it. */
export function amountOf(unit: Exclude<BudgetUnit, 'planShare'>, totals: Totals): Amount {
  switch (unit) {
    case 'list':
    case 'paid':
    case 'plan':
      return totals.cost;
    case 'tokens':
      return BigInt(allTokens(totals));
    case 'credits':
      return totals.reported.cost;
  }
}

/** Whether more was spent than {@link amountOf} can tell. */
export function isLowerBound(unit: Exclude<BudgetUnit, 'planShare'>, totals: Totals): boolean {
  switch (unit) {
    case 'list':
    case 'paid':
    case 'plan':
      return totals.unpricedReceipts > 0 || totals.partialReceipts > 0;
    case 'tokens':
      return totals.partialReceipts > 0;
    case 'credits':
      return totals.reported.receipts < totals.receipts;
  }
}
