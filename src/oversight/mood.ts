/** How near anything is to being stopped: agents need not be held up while all budgets are far from their limits. */

import type { Amount, Budget, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { openStops } from '../ledger/stops.ts';
import type { Around } from './around.ts';
import { standingsOf } from './standings.ts';

/**
 * - `none`: no budget stops anything, and no session was stopped by hand
 * - `calm`: no session was stopped, and of every budget that stops there is more left than three responses of the
 *   dearest kind would take
 * - `alert`: anything else
 */
export type Mood = 'none' | 'calm' | 'alert';

/** Sessions that rested for longer are held against their budgets when they go on. */
const activeMs = 24 * 3_600_000;
const reserve = 3n;

/** @param budgets all that are in force */
export function moodOf(db: Database, budgets: readonly Budget[], around: Around): Mood {
  const stops = openStops(db);
  if (stops.some(({ reason }) => reason === 'hand')) return 'alert';
  const acting = budgets.filter((budget) => budget.stops && !budget.isPaused);
  if (acting.length === 0) return 'none';
  const sinceMs = around.nowMs - activeMs;
  const stopped = stops.filter(({ atMs }) => atMs > sinceMs).map(({ session }) => session);
  const sessions = new Set([...rootsActiveSince(db, sinceMs), ...stopped]);
  const dearest = dearestSince(db, sinceMs);
  const isFar = (standing: Standing) => isFarFromLimit(standing, dearest[standing.budget.unit]);
  return standingsOf(db, acting, around, [...sessions]).every(isFar) ? 'calm' : 'alert';
}

function isFarFromLimit({ level, limit, spent }: Standing, dearest: Amount): boolean {
  return level === 'within' && limit - spent > reserve * dearest;
}

/** What the dearest of all responses took, in the units of budgets; nothing tells what one takes of a plan's window. */
function dearestSince(db: Database, sinceMs: number): Readonly<Record<Budget['unit'], Amount>> {
  const row = db.get<{ cost: number | null; tokens: number | null; credits: number | null }>(
    `SELECT max(cost_pico) AS cost, max(reported_pico) AS credits,
      max(ifnull(uncached_input, 0) + ifnull(cache_read, 0) + ifnull(cache_write_5m, 0) + ifnull(cache_write_1h, 0)
        + ifnull(cache_write_unknown, 0) + ifnull(output, 0)) AS tokens
    FROM counted WHERE at_ms >= ?`,
    sinceMs,
  );
  const cost = BigInt(row?.cost ?? 0);
  const tokens = BigInt(row?.tokens ?? 0);
  return { list: cost, paid: cost, plan: cost, tokens, credits: BigInt(row?.credits ?? 0), planShare: 0n };
}
