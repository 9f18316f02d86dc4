/** Tolerant access to parsed log records: what is missing is `null`, what is wrong is refused, nothing throws. */

import { type Pico, parseDollars } from '../domain/money.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import { isTokenCount } from '../domain/tokens.ts';

/** A parsed JSON object. Fields are reached through this module alone: a log may name them `__proto__`. */
export type LogRecord = Readonly<Record<string, unknown>>;

/** Ids are stored and compared: a longer one is no id. */
const maxIdLength = 256;

export function isRecord(value: unknown): value is LogRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object on a line, or `null` when the line holds anything else. */
export function parseRecord(text: string): LogRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** The objects of a document that is a list, or `null` when it is none. Anything else in it is passed over. */
export function parseRecords(text: string): readonly LogRecord[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRecord) : null;
  } catch {
    return null;
  }
}

/** The field as it is, `null` when it is missing. */
export function fieldOf(record: LogRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

export function recordOf(record: LogRecord, name: string): LogRecord | null {
  const value = fieldOf(record, name);
  return isRecord(value) ? value : null;
}

/** The objects of a list; anything else in it, or in place of it, is passed over. */
export function recordsOf(record: LogRecord, name: string): readonly LogRecord[] {
  const value = fieldOf(record, name);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A text that is not empty. */
export function textOf(record: LogRecord, name: string): string | null {
  const value = fieldOf(record, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Something to know a thing again by. Numbers are taken as their digits. */
export function idOf(record: LogRecord, name: string): string | null {
  const value = fieldOf(record, name);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= maxIdLength ? value : null;
}

/** The name of a model, or a setting of few words; `''` when it is missing or no name. */
export function nameOf(record: LogRecord, name: string): string {
  return (typeof fieldOf(record, name) === 'string' && idOf(record, name)) || '';
}

/** The field as the text of its JSON, a text as it is; `null` when it is missing or nested without end. */
export function jsonOf(record: LogRecord, name: string): string | null {
  const value = fieldOf(record, name);
  if (value === null || typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

export function isTrue(record: LogRecord, name: string): boolean {
  return fieldOf(record, name) === true;
}

const isoTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const earliestMs = Date.UTC(2020, 0);
const latestMs = Date.UTC(2100, 0);

/**
 * Milliseconds since 1970 UTC of an ISO time, which is UTC where it names no zone; `null` when it is none. SQLite's own
 * clock writes a space between date and time.
 */
export function timeOf(record: LogRecord, name: string): number | null {
  return toTime(fieldOf(record, name));
}

/** As {@link timeOf}. */
export function toTime(value: unknown): number | null {
  const match = typeof value === 'string' ? isoTime.exec(value) : null;
  if (match === null) return null;
  const iso = String(value).replace(' ', 'T');
  const atMs = Date.parse(match[1] === undefined ? `${iso}Z` : iso);
  return atMs >= earliestMs && atMs < latestMs ? atMs : null;
}

/** Milliseconds since 1970 UTC that are logged as such; `null` where they are missing or no plausible time. */
export function epochMsOf(record: LogRecord, name: string): number | null {
  const value = fieldOf(record, name);
  return typeof value === 'number' && value >= earliestMs && value < latestMs ? Math.floor(value) : null;
}

const mostDollars = 1_000_000;

/**
 * What an agent says that something cost, in dollars. `null` where it is missing, no amount, or 0, which agents log for
 * what a plan pays and for models whose price they do not know: that is no price either.
 */
export function dollarsOf(record: LogRecord, name: string): Pico | null {
  const value = fieldOf(record, name);
  const dollars = value === null ? null : toNumber(value);
  return dollars !== null && dollars > 0 && dollars < mostDollars ? parseDollars(dollars.toFixed(12)) : null;
}

/** Milliseconds that something took, `null` when the field tells of none. */
export function durationOf(record: LogRecord, name: string): number | null {
  const value = fieldOf(record, name);
  return typeof value === 'number' && value >= 0 && value < longestDurationMs ? Math.round(value) : null;
}

const longestDurationMs = 365 * 86_400_000;

/** Reads the counts of one record and remembers the first that cannot be true: then the whole record is refused. */
export class Counts {
  readonly #record: LogRecord;
  readonly #isCount: (value: number) => boolean;
  problem: RefusalReason | null = null;

  /** @param isCount what a count may be; the tokens of one response by default */
  constructor(record: LogRecord, isCount: (value: number) => boolean = isTokenCount) {
    this.#record = record;
    this.#isCount = isCount;
  }

  /** A count, also when logged as text; `null` when it is missing or refused. */
  count(name: string): number | null {
    const value = fieldOf(this.#record, name);
    if (value === null) return null;
    const number = toNumber(value);
    if (number === null) return this.#refuse('malformed');
    return this.#isCount(number) ? number : this.#refuse('implausible');
  }

  #refuse(reason: RefusalReason): null {
    this.problem ??= reason;
    return null;
  }
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : null;
}
