/** Limits on spending, and how far the spending has come. */

import type { Pico } from './money.ts';

/** `within` below 80 % of the limit, `near` from there, `over` from the limit on. */
export type BudgetLevel = 'within' | 'near' | 'over';

/** How a session stands against its budget. */
export interface BudgetStanding {
  readonly limit: Pico;
  /** At list price, sub-agents included, since the last reset. */
  readonly spent: Pico;
  /** Some of the receipts have no price: `spent` is a lower bound. */
  readonly hasUnpriced: boolean;
  readonly level: BudgetLevel;
}
