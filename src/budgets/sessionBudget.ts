/** Holds what a session spent against the limit that the user set for one session. */

import type { BudgetLevel, BudgetStanding } from '../domain/budget.ts';
import type { Pico } from '../domain/money.ts';
import type { Totals } from '../domain/totals.ts';

/** @param spent by the session and its sub-agents since the last reset */
export function standAgainst(limit: Pico, spent: Totals): BudgetStanding {
  return {
    limit,
    spent: spent.cost,
    hasUnpriced: spent.unpricedReceipts > 0,
    level: levelOf(limit, spent.cost),
  };
}

/** Nothing spent is within every limit, even one of 0. */
function levelOf(limit: Pico, spent: Pico): BudgetLevel {
  if (spent === 0n) return 'within';
  if (spent >= limit) return 'over';
  return 10n * spent >= 8n * limit ? 'near' : 'within';
}
