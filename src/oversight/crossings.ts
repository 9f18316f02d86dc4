/** Which lines were crossed, each told once over all windows and restarts. */

import { hasRecovered } from '../budgets/recovery.ts';
import type { Budget, Cause, Standing } from '../domain/budget.ts';
import { type AlertLine, claimAlert, forgetAlerts, hasAlerts, wasTold } from '../ledger/alerts.ts';
import type { Database } from '../ledger/database.ts';
import { isSnoozed } from '../ledger/snoozes.ts';
import type { Around } from './around.ts';
import { causeOf } from './cause.ts';
import { wasActiveLately } from './lately.ts';
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
 * @returns those to tell: nobody told them before, something was spent just now, and the user wants to hear of it
 */
export function claimCrossings(
  db: Database,
  budgets: readonly Budget[],
  around: Around,
  roots: readonly number[],
): readonly Crossing[] {
  const inForce = budgets.filter(({ isPaused }) => !isPaused);
  const crossed = standingsWithoutRates(db, inForce, around, roots).filter((standing) =>
    claim(db, standing, around),
  );
  return withRates(db, crossed, around).map((standing) => ({
    standing,
    cause: causeOf(db, standing, around),
  }));
}

function claim(db: Database, standing: Standing, around: Around): boolean {
  const { level, spent } = standing;
  const root = standing.session === null ? null : findRoot(db, standing.session);
  const line = lineOf(db, standing, root, around);
  if (level === 'within') {
    if (hasRecovered(standing) && hasAlerts(db, line)) forgetAlerts(db, line);
    return false;
  }
  if (wasTold(db, line, level)) return false;
  const { nowMs } = around;
  const isTold = wasActiveLately(db, root, nowMs) && !isSnoozed(db, line, nowMs);
  return claimAlert(db, { ...line, level, spent, atMs: nowMs, isTold }) && isTold;
}

/** A plan's window begins when the plan says so: what was crossed in it recovers by its new one. */
function lineOf(db: Database, { budget, limit }: Standing, root: number | null, around: Around): AlertLine {
  const { owner, time } = root === null ? timeLine(db, budget, around) : sessionLine(db, budget, root);
  const isByPlan = budget.unit === 'planShare';
  return { ...owner, time: isByPlan ? { ...time, periodMs: 0 } : time, limit };
}
