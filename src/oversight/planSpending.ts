/** What was used of a plan's window of late, from one report to the next. */

import { toShare } from '../budgets/limits.ts';
import type { Spending } from '../budgets/rate.ts';
import type { Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { readingsSince } from '../ledger/planReadings.ts';
import { isOfWindow } from './planStanding.ts';

/** Of the window that the standing tells of. */
export function planSpending(db: Database, standing: Standing, sinceMs: number): readonly Spending[] {
  const readings = readingsSince(db, sinceMs)
    .filter((reading) => isOfWindow(standing, reading))
    .sort((a, b) => a.usedPercent - b.usedPercent);
  return readings.slice(1).map(({ usedPercent, atMs }, index) => {
    const before = readings[index]?.usedPercent ?? usedPercent;
    return { atMs, amount: Number(toShare(usedPercent) - toShare(before)) };
  });
}
