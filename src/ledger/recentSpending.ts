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
}

const tokens = classColumns.map((name) => `ifnull(${name}, 0)`).join(' + ');

/** A receipt that stands for a whole session belongs to no time. Without an order SQLite reads fewer pages. */
const recent = `
  SELECT session, model.name AS model, at_ms AS atMs, ifnull(CAST(cost_pico AS REAL), 0) AS cost, ${tokens} AS tokens,
    ifnull(CAST(reported_pico AS REAL), 0) AS reported
  FROM counted JOIN model ON model.id = counted.model
  WHERE at_ms > ? AND at_ms <= ? AND quality <> ${qualities.indexOf('sessionTotal')}`;

export function recentSpending(db: Database, sinceMs: number, nowMs: number): readonly RecentSpending[] {
  return db.all<RecentSpending>(recent, sinceMs, nowMs);
}
