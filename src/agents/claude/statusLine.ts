/**
 * What Claude Code tells its status line of a plan's limits, as Token Burn's own status line keeps it: a small document
 * that is written anew each time, `{"at":<seconds>,"status":<what Claude Code wrote>}`. Only plans have limits.
 * https://code.claude.com/docs/en/statusline
 */

import type { PlanReading } from '../../domain/planReading.ts';
import { idOf, type LogRecord, parseRecord, recordOf } from '../fields.ts';
import type { DocumentFormat } from '../reader.ts';

/** The folder beside Claude Code's settings, and the document in it. */
export const statusFolder = 'token-burn';
export const statusFile = 'status.json';

const windows: readonly (readonly [name: string, minutes: number])[] = [
  ['five_hour', 300],
  ['seven_day', 7 * 24 * 60],
];

export const statusLine: DocumentFormat = {
  kind: 'document',
  read(_log, document, sink) {
    const record = parseRecord(document.text());
    const atMs = record && secondsOf(record, 'at');
    const status = record && recordOf(record, 'status');
    if (!status || atMs === null) {
      sink.refuse('malformed');
      return;
    }
    const limits = recordOf(status, 'rate_limits');
    const session = idOf(status, 'session_id');
    if (limits !== null && session !== null) {
      sink.session({ agent: 'claude-code', key: session, account: 'plan' });
    }
    for (const [name, minutes] of windows) {
      const window = limits && recordOf(limits, name);
      const reading = window && toReading(window, name, minutes, atMs);
      if (reading) sink.plan(reading);
    }
  },
};

function toReading(window: LogRecord, name: string, windowMinutes: number, atMs: number): PlanReading | null {
  const usedPercent = numberOf(window, 'used_percentage');
  if (usedPercent === null || usedPercent < 0 || usedPercent > mostPercent) return null;
  const resetsAtMs = secondsOf(window, 'resets_at');
  return { agent: 'claude-code', window: name, windowMinutes, usedPercent, resetsAtMs, plan: null, atMs };
}

/** More than any plan lets one use beyond its limit. */
const mostPercent = 1_000;
const earliestS = Date.UTC(2020, 0) / 1_000;
const latestS = Date.UTC(2100, 0) / 1_000;

function secondsOf(record: LogRecord, name: string): number | null {
  const seconds = numberOf(record, name);
  return seconds !== null && seconds >= earliestS && seconds < latestS ? Math.round(seconds * 1_000) : null;
}

function numberOf(record: LogRecord, name: string): number | null {
  const value = Object.hasOwn(record, name) ? record[name] : null;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
