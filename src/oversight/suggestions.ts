/** Limits from what sessions, days, weeks, months and windows of the past came to. */

import { amountOf } from '../budgets/amount.ts';
import { budgetId } from '../budgets/budgetId.ts';
import { type Suggestion, suggestFrom } from '../budgets/suggestion.ts';
import type { Amount, Budget } from '../domain/budget.ts';
import { type Period, type PeriodUnit, periodAt } from '../domain/period.ts';
import type { Database } from '../ledger/database.ts';
import { hourMs } from '../ledger/hourly.ts';
import { recentSessions } from '../ledger/outlook.ts';
import type { Around } from './around.ts';
import { spentOver } from './spentOver.ts';
import { standingsWithoutRates } from './standings.ts';

export type SuggestionQuery = Pick<Budget, 'span' | 'unit' | 'scope'>;

const mostSessions = 200;
/** Looked at backwards from now, without the present one, which is not over yet. */
const periods = { day: 60, week: 26, month: 12 } as const;
const mostWindows = 120;

/** @returns `null` with too few samples, and for shares of plans, which have a limit of their own */
export function suggestLimit(db: Database, query: SuggestionQuery, around: Around): Suggestion | null {
  const { unit, span } = query;
  if (unit === 'planShare') return null;
  const budget = asBudget(query);
  if (span.kind === 'session') return suggestFrom(sessionAmounts(db, budget, around));
  const times =
    span.kind === 'calendar' ? pastPeriods(span.unit, around) : pastWindows(span.hours, around.nowMs);
  return suggestFrom(times.map((time) => amountOf(unit, spentOver(db, budget, time, around))));
}

/** A budget that nobody has, so that no reset moves it. */
function asBudget(query: SuggestionQuery): Budget {
  const rules = { nearPercent: 100, wrapUpPercent: 100, stops: false, isPaused: false };
  return { ...query, ...rules, id: `suggestion for ${budgetId(query)}`, limit: 0n };
}

function sessionAmounts(db: Database, budget: Budget, around: Around): readonly Amount[] {
  const sessions = recentSessions(db, around.nowMs).slice(0, mostSessions);
  const ids = sessions.map(({ id }) => id);
  return standingsWithoutRates(db, [budget], around, ids).map(({ spent }) => spent);
}

function pastPeriods(unit: PeriodUnit, { nowMs, calendar }: Around): readonly Period[] {
  const past: Period[] = [];
  let { startMs } = periodAt(unit, nowMs, calendar);
  while (past.length < periods[unit]) {
    const period = periodAt(unit, startMs - 1, calendar);
    past.push(period);
    startMs = period.startMs;
  }
  return past;
}

function pastWindows(hours: number, nowMs: number): readonly Period[] {
  const lengthMs = hours * hourMs;
  return Array.from({ length: mostWindows }, (_, index) => {
    const endMs = nowMs - index * lengthMs;
    return { startMs: endMs - lengthMs, endMs };
  });
}
