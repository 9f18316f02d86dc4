/** How a budget of a plan's share stands, by what agents report: the fullest window of the budget's length decides. */

import { levelOf } from '../budgets/level.ts';
import { toShare } from '../budgets/limits.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Budget, BudgetSpan, Standing } from '../domain/budget.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Database } from '../ledger/database.ts';
import { latestPlanReadings } from '../ledger/planReadings.ts';
import type { Around } from './around.ts';
import type { TimeLine } from './lines.ts';

/**
 * Where nothing was reported of the present window, what is spent is not known: 0 is its lower bound.
 *
 * @param agent whose windows alone decide; `null` for those of all that the budget counts
 */
export function planStanding(
  db: Database,
  budget: Budget,
  agent: AgentId | null,
  line: TimeLine,
  { nowMs }: Around,
): Standing {
  const [reading] = latestPlanReadings(db)
    .filter((found) => isMeant(budget, found) && (agent === null || agent === found.agent))
    .filter(({ resetsAtMs }) => resetsAtMs === null || resetsAtMs > nowMs)
    .sort((a, b) => b.usedPercent - a.usedPercent);
  const spent = reading === undefined ? 0n : toShare(reading.usedPercent);
  return {
    budget,
    session: null,
    period: reading === undefined ? line.period : (windowOf(reading) ?? line.period),
    limit: line.limit,
    spent,
    isLowerBound: reading === undefined,
    asOfMs: reading?.atMs ?? null,
    level: levelOf(budget, line.limit, spent),
    nextResetMs: reading?.resetsAtMs ?? null,
    ratePerHour: null,
    leftMs: null,
  };
}

/** Agents that reckon the reset from the time that is left tell it a little differently each time. */
const sameResetMs = 5 * 60_000;

/** Whether a reading is of the window that a standing tells of. */
export function isOfWindow({ budget, nextResetMs }: Standing, reading: PlanReading): boolean {
  const apartMs = Math.abs((reading.resetsAtMs ?? 0) - (nextResetMs ?? 0));
  return isMeant(budget, reading) && apartMs <= sameResetMs;
}

function isMeant({ span, scope }: Budget, { agent, windowMinutes }: PlanReading): boolean {
  if (scope.agent !== undefined && scope.agent !== agent) return false;
  const [least, most] = minutesOf(span);
  return windowMinutes !== null && windowMinutes >= least && windowMinutes <= most;
}

const dayMinutes = 1_440;

/** Months are of any length. */
function minutesOf(span: BudgetSpan): readonly [number, number] {
  if (span.kind === 'rolling') return [span.hours * 60, span.hours * 60];
  if (span.kind === 'calendar' && span.unit === 'month') return [28 * dayMinutes, 31 * dayMinutes];
  const days = span.kind === 'calendar' && span.unit === 'week' ? 7 : 1;
  return [days * dayMinutes, days * dayMinutes];
}

function windowOf({ resetsAtMs, windowMinutes }: PlanReading): Standing['period'] {
  if (resetsAtMs === null || windowMinutes === null) return null;
  return { startMs: resetsAtMs - windowMinutes * 60_000, endMs: resetsAtMs };
}
