/** How near anything is to being stopped: agents need not be held up while all budgets are far from their limits. */

import type { Amount, Budget, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { openStops } from '../ledger/stops.ts';
import type { Around } from './around.ts';
import { dearestSince } from './dearest.ts';
import { standingsOf } from './standings.ts';

/**
 * - `none`: no budget stops anything, and no session was stopped by hand
 * - `calm`: no session was stopped, and of every budget that stops there is more left than three responses of the
 *   dearest kind would take
 * - `alert`: anything else
 */
export type Mood = 'none' | 'calm' | 'alert';

/** Sessions that rested for longer are held against their budgets when they go on. */
export const recentMs = 24 * 3_600_000;
const reserve = 3n;

/** @param budgets all that are in force */
export function moodOf(db: Database, budgets: readonly Budget[], around: Around): Mood {
  const stops = openStops(db);
  if (stops.some(({ reason }) => reason === 'hand')) return 'alert';
  const acting = budgets.filter((budget) => budget.stops && !budget.isPaused);
  if (acting.length === 0) return 'none';
  const sinceMs = around.nowMs - recentMs;
  const stopped = stops.filter(({ atMs }) => atMs > sinceMs).map(({ session }) => session);
  const sessions = new Set([...rootsActiveSince(db, sinceMs), ...stopped]);
  const dearest = dearestSince(db, sinceMs);
  const isFar = (standing: Standing) => isFarFromLimit(standing, dearest?.[standing.budget.unit] ?? 0n);
  return standingsOf(db, acting, around, [...sessions]).every(isFar) ? 'calm' : 'alert';
}

function isFarFromLimit({ level, limit, spent }: Standing, dearest: Amount): boolean {
  return level === 'within' && limit - spent > reserve * dearest;
}
