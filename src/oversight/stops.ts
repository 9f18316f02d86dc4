/** Stopping sessions by hand, letting them go on, and seeing whether a stop held. */

import { usualRelease } from '../budgets/release.ts';
import type { Amount, SessionKey, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { stopActOf } from '../ledger/stopAnswers.ts';
import {
  addStop,
  type CallsAfter,
  callsAfter,
  endStops,
  noteCallsAfter,
  openStops,
  type StopRecord,
} from '../ledger/stops.ts';
import type { SessionStop } from '../ledger/views.ts';
import type { Around } from './around.ts';
import { loadBudgets } from './budgetsInForce.ts';
import { moveLine } from './raises.ts';
import { findRoot, keysOf } from './sessionIds.ts';
import { standingsWithoutRates } from './standings.ts';
import { standingsFor, standingsForAllOf } from './standingsFor.ts';

/** Whether the user stopped it, or a budget that was spent. */
export type StopReason = 'hand' | 'budget';

/** Stops the outermost session above. @returns whether the ledger knows it */
export function stopSession(
  db: Database,
  session: SessionKey,
  nowMs: number,
  reason: StopReason = 'hand',
): boolean {
  return db.write(() => {
    const root = findRoot(db, session);
    if (root !== null) addStop(db, root, reason, nowMs);
    return root !== null;
  });
}

/** Ends the stop by a budget of a session that all budgets let go on: what it spends from now on passes none by. */
export function endStopByBudget(db: Database, session: SessionKey, nowMs: number): void {
  const root = findRoot(db, session);
  const isStopped = openStops(db).some((stop) => stop.session === root && stop.reason === 'budget');
  if (isStopped) db.write(() => endStops(db, root, nowMs, 'budget'));
}

/** Ends all stops by budgets, when none is in force: nobody is asked then who would end them. */
export function endStopsByBudgets(db: Database, nowMs: number): void {
  const isAny = openStops(db).some(({ reason }) => reason === 'budget');
  if (isAny) db.write(() => endStops(db, null, nowMs, 'budget'));
}

/** A session may be let go on when it was active as lately as this. */
const recentMs = 86_400_000;

/**
 * Ends stops, and raises each budget that keeps the session from going on to what is spent and `by` more.
 *
 * @param session `null` for all that were active in the last day; then budgets over a time are raised for everybody
 * @param by in the unit of each budget; `null` for the usual amount
 * @returns how many stops it ended and budgets it raised
 */
export function release(db: Database, session: SessionKey | null, by: Amount | null, around: Around): number {
  const { nowMs } = around;
  return db.write(() => {
    const root = session === null ? null : findRoot(db, session);
    if (session !== null && root === null) return 0;
    const budgets = loadBudgets(db);
    const standings =
      root === null
        ? standingsWithoutRates(db, budgets, around, rootsActiveSince(db, nowMs - recentMs))
        : standingsForAllOf(db, budgets, root, around);
    const held = standings.filter(holdsBack);
    for (const standing of held) raiseOver(db, standing, by, root, around);
    return endStops(db, root, nowMs) + held.length;
  });
}

function holdsBack({ budget, level }: Standing): boolean {
  return budget.stops && !budget.isPaused && (level === 'over' || level === 'wrapUp');
}

function raiseOver(
  db: Database,
  standing: Standing,
  by: Amount | null,
  root: number | null,
  around: Around,
): void {
  const { budget, session, spent, limit } = standing;
  const more = spent + (by ?? usualRelease(budget)) - limit;
  if (more <= 0n) return;
  moveLine(db, budget, session === null ? root : findRoot(db, session), more, around);
}

/** A session that went on after it was to stop. */
export interface StopThatDidNotHold {
  readonly session: SessionKey;
  /** When it was to stop. */
  readonly atMs: number;
  readonly reason: StopReason;
  /** Responses since. */
  readonly calls: number;
  /** When its agent's process was interrupted because of that; `null` where it was not. */
  readonly interruptedMs: number | null;
}

/** The calls under way when a session is stopped are still paid: one for each of its agents at work is no fault. */
export function stopsThatDidNotHold(db: Database): readonly StopThatDidNotHold[] {
  return notHeld(db).map(({ told }) => told);
}

/**
 * Of these, those of the given sessions that nobody has told of since they spent last. A stop by a budget that lets the
 * session go on by now, as its day is over or its limit was raised, ends here.
 */
export function claimStopsThatDidNotHold(
  db: Database,
  sessions: readonly number[],
  around: Around,
): readonly StopThatDidNotHold[] {
  return notHeld(db, sessions)
    .filter(({ stop, told }) => told.reason === 'hand' || isStillHeldBack(db, stop, around))
    .filter(({ stop, told }) => noteCallsAfter(db, stop, told.calls))
    .map(({ told }) => told);
}

function isStillHeldBack(db: Database, { session, reason }: StopRecord, around: Around): boolean {
  const standings = standingsFor(db, loadBudgets(db), session, around);
  if (standings.some(({ budget, level }) => budget.stops && level === 'over')) return true;
  db.write(() => endStops(db, session, around.nowMs, reason));
  return false;
}

interface StopNotHeld {
  readonly stop: StopRecord;
  readonly told: StopThatDidNotHold;
}

/** @param sessions ids; all that are stopped where none are given */
function notHeld(db: Database, sessions?: readonly number[]): readonly StopNotHeld[] {
  const stops = openStops(db).filter(({ session }) => sessions?.includes(session) ?? true);
  const keys = keysOf(
    db,
    stops.map(({ session }) => session),
  );
  return stops.flatMap((stop) => {
    const session = keys.get(stop.session);
    const after = callsAfter(db, stop);
    if (session === undefined || isHeld(after)) return [];
    const { atMs, reason } = stop;
    const interruptedMs = stopActOf(db, stop, 'interrupted')?.atMs ?? null;
    return [
      { stop, told: { session, atMs, reason: reason as StopReason, calls: after.calls, interruptedMs } },
    ];
  });
}

/** The stops by hand that nobody released, of the given sessions, by their ids. */
export function stopsByHand(db: Database, sessions: readonly number[]): ReadonlyMap<number, SessionStop> {
  const byHand = openStops(db).filter(
    ({ session, reason }) => reason === 'hand' && sessions.includes(session),
  );
  return new Map(
    byHand.map((stop) => [stop.session, { atMs: stop.atMs, isHeld: isHeld(callsAfter(db, stop)) }]),
  );
}

function isHeld({ calls, agentsAtWork }: CallsAfter): boolean {
  return calls <= Math.max(1, agentsAtWork);
}
