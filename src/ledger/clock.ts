/** Notices a clock that was set back. */

import type { Database } from './database.ts';
import type { LedgerProblem } from './views.ts';

/** Clocks of containers and other machines that log into the same folder differ by some seconds. */
const toleratedMs = 60_000;

export function clockProblem(db: Database, nowMs: number): LedgerProblem | null {
  const newest = db.get<{ at_ms: number | null }>('SELECT max(at_ms) AS at_ms FROM receipt')?.at_ms ?? nowMs;
  const aheadMs = newest - nowMs;
  return aheadMs > toleratedMs ? { kind: 'clockSetBack', aheadMs } : null;
}
