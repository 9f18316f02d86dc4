/** What was spent of late, response by response. */

import type { Database } from './database.ts';
import { qualities } from './merge.ts';
import { classColumns } from './receiptRow.ts';

/** One response. */
export interface RecentSpending {
  /** Id of its session. */
  readonly session: number;
  /** As logged. */
  readonly model: string;
  readonly atMs: number;
  /** In pico-dollars, 0 without a price: only for rates and comparisons, never for sums. */
  readonly cost: number;
  readonly tokens: number;
  /** What the agent itself put to it, in pico-dollars. */
  readonly reported: number;
  /** Whether it stands for a whole session, and so for no time: 0 or 1. */
  readonly isWholeSession: number;
}

const tokens = classColumns.map((name) => `ifnull(${name}, 0)`).join(' + ');

const recent = `
  SELECT session, model.name AS model, at_ms AS atMs, ifnull(CAST(cost_pico AS REAL), 0) AS cost, ${tokens} AS tokens,
    ifnull(CAST(reported_pico AS REAL), 0) AS reported,
    quality = ${qualities.indexOf('sessionTotal')} AS isWholeSession
  FROM counted JOIN model ON model.id = counted.model
  WHERE at_ms > ? AND at_ms < ?`;

export function recentSpending(db: Database, sinceMs: number, untilMs: number): readonly RecentSpending[] {
  return db.all<RecentSpending>(recent, sinceMs, untilMs);
}
