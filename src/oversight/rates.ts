/** The rates at which budgets are spent, all from one look at what was spent of late. */

import { ratePerHour, rateWindowMs, type Spending } from '../budgets/rate.ts';
import { timeLeft } from '../budgets/timeLeft.ts';
import type { Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from './around.ts';
import { type CountedSpending, lateSpending } from './lateSpending.ts';
import { planSpending } from './planSpending.ts';

/** The same standings with their rates and the times that are left. Resets and raises move lines and no rate. */
export function withRates(db: Database, standings: readonly Standing[], around: Around): readonly Standing[] {
  if (standings.length === 0) return standings;
  const late = lateSpending(db, around, rateWindowMs);
  return standings.map((standing) => {
    const spending = spendingOf(db, standing, late, around);
    return { ...standing, ...timeLeft(standing, ratePerHour(spending, around.nowMs)) };
  });
}

function spendingOf(
  db: Database,
  standing: Standing,
  late: CountedSpending,
  { nowMs }: Around,
): readonly Spending[] {
  if (standing.budget.unit === 'planShare') return planSpending(db, standing, nowMs - rateWindowMs);
  return late.of(standing).filter(({ isWholeSession }) => isWholeSession === 0);
}
