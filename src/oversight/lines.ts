/** Where the line of a budget lies now: the time that counts, since which receipt, and what the limit was raised by. */

import type { Amount, Budget } from '../domain/budget.ts';
import { type Period, periodAt } from '../domain/period.ts';
import { type LineOwner, lastReset, type RaiseTime, type Reset, raisedBy } from '../ledger/budgetLines.ts';
import type { Database } from '../ledger/database.ts';
import { hourMs, type Stretch } from '../ledger/hourly.ts';
import type { Around } from './around.ts';

export interface Line {
  readonly owner: LineOwner;
  /** Names the period for raises and alerts. */
  readonly time: RaiseTime;
  /** What may be spent, raises included. */
  readonly limit: Amount;
}

export interface TimeLine extends Line {
  readonly stretch: Stretch;
  /** As it is told: begins with the reset, where that was later. */
  readonly period: Period;
  readonly nextResetMs: number | null;
}

/** Of a budget of each session. @param root id of a session that is no sub-agent */
export function sessionLine(db: Database, budget: Budget, root: number): Line {
  const owner = { budget: budget.id, session: root };
  const time = { periodMs: 0, reset: lastReset(db, owner)?.number ?? 0 };
  return { owner, time, limit: budget.limit + raisedBy(db, owner, time) };
}

/**
 * Of a budget over a time. Of what it was raised by for the session and for all the larger holds: they do not add up.
 *
 * @param root a session for which alone it may have been raised; `null` for all
 */
export function timeLine(db: Database, budget: Budget, around: Around, root: number | null = null): TimeLine {
  const owner = { budget: budget.id, session: 0 };
  const whole = wholePeriod(budget, around);
  const isRolling = budget.span.kind === 'rolling';
  const reset = lastReset(db, owner);
  const isNow = reset !== null && reset.atMs >= whole.startMs;
  const time = raiseTime(budget, whole, reset?.number ?? 0, around.nowMs);
  const forAll = raisedBy(db, owner, time);
  const own = root === null ? 0n : raisedBy(db, { ...owner, session: root }, time);
  return {
    owner,
    time,
    limit: budget.limit + (own > forAll ? own : forAll),
    stretch: isNow ? { ...whole, since: reset } : whole,
    period: isNow ? since(reset, whole) : whole,
    nextResetMs: isRolling ? null : whole.endMs,
  };
}

/** Windows of plans begin when the plans say so, and rolling ones never: what they were raised by holds for their length. */
function raiseTime(
  { span, unit }: Budget,
  { startMs, endMs }: Period,
  reset: number,
  nowMs: number,
): RaiseTime {
  if (span.kind !== 'rolling' && unit !== 'planShare') return { periodMs: startMs, reset };
  return { periodMs: 0, reset, sinceMs: nowMs + 1 - (endMs - startMs) };
}

function wholePeriod({ span }: Budget, { nowMs, calendar }: Around): Period {
  switch (span.kind) {
    case 'calendar':
      return periodAt(span.unit, nowMs, calendar);
    case 'rolling':
      return { startMs: nowMs + 1 - span.hours * hourMs, endMs: nowMs + 1 };
    case 'session':
      throw new Error('a session is no time');
  }
}

/** A clock that was set back leaves resets in the future. */
function since({ atMs }: Reset, { startMs, endMs }: Period): Period {
  return { startMs: Math.min(Math.max(startMs, atMs), endMs), endMs };
}
