/** What comes of a stop that an agent was told of and went on after: its process is interrupted, once for each stop. */

import type { SessionKey } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { claimStopAct, stopActOf } from '../ledger/stopAnswers.ts';
import { callsAfter, openStops, type StopRecord } from '../ledger/stops.ts';
import { findRoot } from './sessionIds.ts';

/** What comes sooner after an answer may have been under way. */
const graceMs = 1_000;

/**
 * To be called with each answer that a session is to stop: the first one is noted.
 *
 * @returns the stops that were answered before, and after which there were more calls of models than those under way then,
 *   as long as nobody has interrupted the agent for them
 */
export function answerStops(db: Database, session: SessionKey, nowMs: number): readonly StopRecord[] {
  return stopsOf(db, session).filter((stop) => {
    const { calls, agentsAtWork } = callsAfter(db, stop);
    const answered = stopActOf(db, stop, 'answered');
    if (answered === null) {
      claimStopAct(db, stop, 'answered', { atMs: nowMs, calls });
      return false;
    }
    const isOver = nowMs - answered.atMs >= graceMs && stopActOf(db, stop, 'interrupted') === null;
    return isOver && calls - answered.calls > Math.max(1, agentsAtWork);
  });
}

/** @returns whether the caller is to interrupt: nobody else has, or is about to */
export function claimInterrupt(db: Database, stops: readonly StopRecord[], nowMs: number): boolean {
  const claimed = stops.filter((stop) => {
    return claimStopAct(db, stop, 'interrupted', { atMs: nowMs, calls: callsAfter(db, stop).calls });
  });
  return claimed.length > 0;
}

/** Notes that a person had it interrupted: no guard does so again. */
export function noteInterrupt(db: Database, session: SessionKey, nowMs: number): void {
  claimInterrupt(db, stopsOf(db, session), nowMs);
}

function stopsOf(db: Database, session: SessionKey): readonly StopRecord[] {
  const root = findRoot(db, session);
  return root === null ? [] : openStops(db).filter((stop) => stop.session === root);
}
