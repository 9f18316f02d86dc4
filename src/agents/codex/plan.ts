/** The limits of a plan, as Codex logs them with each `token_count`. */

import type { PlanReading } from '../../domain/planReading.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { fieldOf, type LogRecord, nameOf, recordOf } from '../fields.ts';

const windows = ['primary', 'secondary'] as const;

/** The readings of an event, none where it has no limits, or why they are refused. */
export function planReadings(event: LogRecord, atMs: number): readonly PlanReading[] | RefusalReason {
  const limits = recordOf(event, 'rate_limits');
  if (limits === null) return [];
  const readings: PlanReading[] = [];
  for (const name of windows) {
    const window = recordOf(limits, name);
    if (window === null) continue;
    const reading = toReading(limits, window, name, atMs);
    if (reading === null) return 'implausible';
    readings.push(reading);
  }
  return readings;
}

/** Whether a reading is of a plan: some that go by a name of one are billed by what is used. */
export function isPlan({ plan }: PlanReading): boolean {
  return plan !== null && plan !== 'unknown' && !plan.endsWith('usage_based');
}

/** Use beyond a plan is possible, but not to this degree. */
const mostPercent = 100_000;

function toReading(limits: LogRecord, window: LogRecord, name: string, atMs: number): PlanReading | null {
  const usedPercent = numberOf(window, 'used_percent', mostPercent);
  if (usedPercent === null) return null;
  // There is one limit for most models; some have their own beside it.
  const limit = nameOf(limits, 'limit_id');
  return {
    agent: 'codex',
    window: limit === '' || limit === 'codex' ? name : `${limit}/${name}`,
    windowMinutes: numberOf(window, 'window_minutes', mostMinutes) || null,
    usedPercent,
    resetsAtMs: resetOf(window, atMs),
    plan: nameOf(limits, 'plan_type') || null,
    atMs,
  };
}

const mostMinutes = 10 * 366 * 24 * 60;
const mostSeconds = 60 * mostMinutes;
const minuteMs = 60_000;
const latestSeconds = Date.UTC(2100, 0) / 1000;

/**
 * Until November 2025 versions logged how long it was until then. Counted from when it was logged, that differs by a
 * second or two from line to line: whole minutes keep one window one.
 */
function resetOf(window: LogRecord, atMs: number): number | null {
  const seconds = numberOf(window, 'resets_at', latestSeconds);
  if (seconds !== null) return seconds * 1000;
  const left = numberOf(window, 'resets_in_seconds', mostSeconds);
  return left === null ? null : Math.round((atMs + left * 1000) / minuteMs) * minuteMs;
}

function numberOf(record: LogRecord, name: string, most: number): number | null {
  const value = fieldOf(record, name);
  return typeof value === 'number' && value >= 0 && value <= most ? value : null;
}
