/** Which lines were crossed, each told once over all windows and restarts. */

import { hasRecovered } from '../budgets/recovery.ts';
import { type Budget, budgetLevels, type Cause, type Crossed, type Standing } from '../domain/budget.ts';
import { type AlertLine, alertsOf, claimAlert, forgetAlerts, hasAlerts, wasTold } from '../ledger/alerts.ts';
import type { Database } from '../ledger/database.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import { isSnoozed } from '../ledger/snoozes.ts';
import type { Around } from './around.ts';
import { causeOf } from './cause.ts';
import { type CountedSpending, lateSpendingWhenAsked } from './lateSpending.ts';
import { sessionLine, timeLine } from './lines.ts';
import { withRates } from './rates.ts';
import { findRoot } from './sessionIds.ts';
import { standingsWithoutRates } from './standings.ts';

export interface Crossing {
  readonly standing: Standing;
  readonly cause: Cause;
}

/**
 * Notes all lines that budgets have crossed.
 *
 * @param roots ids of the sessions whose own budgets are looked at
 * @returns those to tell: nobody told them before, the user wants to hear of them, and something was spent just now that
 *   counts. What is long past is noted in silence: a new budget would else tell of all that was ever over it
 */
export function claimCrossings(
  db: Database,
  budgets: readonly Budget[],
  around: Around,
  roots: readonly number[],
): readonly Crossing[] {
  const inForce = budgets.filter(({ isPaused }) => !isPaused);
  const late = lateSpendingWhenAsked(db, around, quietMs);
  const crossed = standingsWithoutRates(db, inForce, around, roots).filter((standing) =>
    claim(db, standing, late, around),
  );
  return withRates(db, crossed, around).map((standing) => ({
    standing,
    cause: causeOf(db, late.of(standing), around.nowMs),
  }));
}

/** When budgets that are no longer within came to their levels, the lowest first. */
export function crossedOf(db: Database, standings: readonly Standing[], around: Around): readonly Crossed[] {
  return standings.flatMap((standing) => {
    if (standing.level === 'within') return [];
    const { budget, session } = standing;
    const noted = alertsOf(db, lineOf(db, standing, around));
    return budgetLevels.flatMap((level): Crossed[] => {
      const found = noted.find((one) => one.level === level);
      if (found === undefined) return [];
      const { atMs, isTold } = found;
      return [{ budget: budget.id, stops: budget.stops, session, level, atMs, isTold }];
    });
  });
}

function claim(db: Database, standing: Standing, late: CountedSpending, around: Around): boolean {
  const { level, spent } = standing;
  const line = lineOf(db, standing, around);
  if (level === 'within') {
    if (hasRecovered(standing) && hasAlerts(db, line)) forgetAlerts(db, line);
    return false;
  }
  if (wasTold(db, line, level)) return false;
  const { nowMs } = around;
  const isTold = late.of(standing).length > 0 && !isSnoozed(db, line, nowMs);
  return claimAlert(db, { ...line, level, spent, atMs: nowMs, isTold }) && isTold;
}

function lineOf(db: Database, { budget, limit, session }: Standing, around: Around): AlertLine {
  const root = session === null ? null : findRoot(db, session);
  const { owner, time } = root === null ? timeLine(db, budget, around) : sessionLine(db, budget, root);
  return { ...owner, time, limit };
}
