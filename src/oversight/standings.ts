/** How budgets stand: each by itself, by the sums that everything else is shown by. */

import { amountOf, isLowerBound } from '../budgets/amount.ts';
import { levelOf } from '../budgets/level.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Budget, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from './around.ts';
import { timeLine } from './lines.ts';
import { planStanding } from './planStanding.ts';
import { withRates } from './rates.ts';
import { sessionStandings } from './sessionStandings.ts';
import { spentOver } from './spentOver.ts';

/**
 * Every budget over a time once, every budget of a session once for each of the sessions that it counts. Those that are
 * paused have standings, too.
 *
 * @param sessions ids of sessions that are no sub-agents
 */
export function standingsOf(
  db: Database,
  budgets: readonly Budget[],
  around: Around,
  sessions: readonly number[],
): readonly Standing[] {
  return withRates(db, standingsWithoutRates(db, budgets, around, sessions), around);
}

/** As {@link standingsOf}, for what needs no rate. */
export function standingsWithoutRates(
  db: Database,
  budgets: readonly Budget[],
  around: Around,
  sessions: readonly number[],
): readonly Standing[] {
  const overTime = budgets.filter(({ span }) => span.kind !== 'session');
  return [
    ...overTime.map((budget) => timeStanding(db, budget, around)),
    ...[...sessionStandings(db, budgets, around, sessions).values()].flat(),
  ];
}

/** For whom a budget over a time is judged. */
export interface JudgedFor {
  /** A session for which alone it may have been raised; `null` for all. */
  readonly root: number | null;
  /** Whose plan's windows alone decide; `null` for those of all agents. */
  readonly agent: AgentId | null;
}

const everybody: JudgedFor = { root: null, agent: null };

export function timeStanding(
  db: Database,
  budget: Budget,
  around: Around,
  { root, agent }: JudgedFor = everybody,
): Standing {
  const { unit } = budget;
  const line = timeLine(db, budget, around, root);
  if (unit === 'planShare') return planStanding(db, budget, agent, line, around);
  const totals = spentOver(db, budget, line.stretch, around);
  const spent = amountOf(unit, totals);
  return {
    budget,
    session: null,
    period: line.period,
    limit: line.limit,
    spent,
    isLowerBound: isLowerBound(unit, totals),
    asOfMs: null,
    level: levelOf(budget, line.limit, spent),
    nextResetMs: line.nextResetMs,
    ratePerHour: null,
    leftMs: null,
  };
}
