/**
 * What was done about a stop: that a guard told the agent, and that its process was interrupted. Either is noted once,
 * whichever of several windows and guards does it, among the alerts: as a line named `stop`, its period being the stop's
 * time, and `spent` the responses until then.
 */

import { type AlertLine, alertsOf, claimAlert } from './alerts.ts';
import type { Database } from './database.ts';
import type { StopRecord } from './stops.ts';

export interface StopAct {
  readonly atMs: number;
  /** Responses after the stop by then. */
  readonly calls: number;
}

type Act = 'answered' | 'interrupted';

/** @returns whether this caller was the first: only then may it do it */
export function claimStopAct(db: Database, stop: StopRecord, act: Act, { atMs, calls }: StopAct): boolean {
  return claimAlert(db, { ...lineOf(stop), level: act, spent: BigInt(calls), atMs, isTold: true });
}

/** `null` where nobody did it. */
export function stopActOf(db: Database, stop: StopRecord, act: Act): StopAct | null {
  const found = alertsOf(db, lineOf(stop)).find(({ level }) => level === act);
  return found === undefined ? null : { atMs: found.atMs, calls: Number(found.spent) };
}

function lineOf({ session, atMs }: StopRecord): AlertLine {
  return { budget: 'stop', session, time: { periodMs: atMs, reset: 0 }, limit: 0n };
}
