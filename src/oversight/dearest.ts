/** What the dearest of late responses took: the measure of how far a limit is away. */

import type { Amount, BudgetUnit } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';

/**
 * In the units of budgets; nothing tells what a response takes of a plan's window.
 *
 * @returns `null` where there was no response since
 */
export function dearestSince(db: Database, sinceMs: number): Readonly<Record<BudgetUnit, Amount>> | null {
  const row = db.get<{ cost: number | null; tokens: number | null; credits: number | null }>(
    `SELECT max(cost_pico) AS cost, max(reported_pico) AS credits,
      max(ifnull(uncached_input, 0) + ifnull(cache_read, 0) + ifnull(cache_write_5m, 0) + ifnull(cache_write_1h, 0)
        + ifnull(cache_write_unknown, 0) + ifnull(output, 0)) AS tokens
    FROM counted WHERE at_ms >= ?`,
    sinceMs,
  );
  if (row === undefined || row.tokens === null) return null;
  const cost = BigInt(row.cost ?? 0);
  const credits = BigInt(row.credits ?? 0);
  return { list: cost, paid: cost, plan: cost, tokens: BigInt(row.tokens), credits, planShare: 0n };
}
