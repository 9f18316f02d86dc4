/** Joins the ledger's sessions with the budget: the ledger knows no limits, the budget no sessions. */

import { standAgainst } from '../budgets/sessionBudget.ts';
import type { Pico } from '../domain/money.ts';
import type { Judge } from '../ledger/sessionTrees.ts';

export function judgeBy(limit: Pico | null): Judge {
  return (spent) => (limit === null ? null : standAgainst(limit, spent));
}
