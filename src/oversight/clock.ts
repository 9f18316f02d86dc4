/** The time that is left at the present rates. */

import { type BudgetClock, lasts, type Standing } from '../domain/budget.ts';

/** `null` while nothing is spent that a budget counts. */
export function clockOf(standings: readonly Standing[], nowMs: number): BudgetClock | null {
  const clocks = standings
    .filter(({ budget }) => !budget.isPaused)
    .flatMap((standing) => toClock(standing, nowMs))
    .sort((a, b) => Number(a.lastsUntilReset) - Number(b.lastsUntilReset) || a.leftMs - b.leftMs);
  return clocks[0] ?? null;
}

function toClock(standing: Standing, nowMs: number): BudgetClock[] {
  const { leftMs } = standing;
  if (leftMs === null) return [];
  return [{ standing, leftMs, lastsUntilReset: lasts(standing, nowMs) }];
}
