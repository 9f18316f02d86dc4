/**
 * Totals over long times: from the sums of whole hours where these hold, and from the receipts themselves at the edges
 * and in hours that have changed since. Both come from one statement, so that no write can fall between them.
 */

import { setImmediate } from 'node:timers/promises';
import type { Period } from '../domain/period.ts';
import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { type SumRow, sumColumns, sumNames, toTotals } from './sums.ts';

export const hourMs = 3_600_000;

/** Hours that may stay unsummed: those at work now change all the time, and few are no burden. */
const mostStale = 24;
/** Hours that are summed in one transaction: some milliseconds. */
const hoursAtOnce = 200;

const names = sumNames.join(', ');
const sumsOfSums = sumNames.map((name) => `ifnull(sum(${name}), 0) AS ${name}`).join(', ');

/** Left to itself SQLite would rather make an index of all receipts than look into some hours by the one that is there. */
function receiptsOf(hour: string): string {
  return `receipt INDEXED BY receipt_by_time ON at_ms >= ${hour} * ${hourMs} AND at_ms < (${hour} + 1) * ${hourMs}`;
}

/** The tables of sums, by what they tell apart. */
const tables = { model: 'hourly', session: 'session_hour' } as const;

/** Sums of a time, several for each model or session: of hours that hold, of others, and of two edges. */
function partsBy(key: keyof typeof tables): string {
  return `
  SELECT ${key}, ${names} FROM ${tables[key]}
  WHERE hour >= ? AND hour < ? AND hour NOT IN (SELECT hour FROM stale_hour)
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM stale_hour
  CROSS JOIN ${receiptsOf('hour')}
  WHERE hour >= ? AND hour < ? AND superseded = 0 GROUP BY ${key}
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM counted WHERE at_ms >= ? AND at_ms < ? GROUP BY ${key}
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM counted WHERE at_ms >= ? AND at_ms < ? GROUP BY ${key}`;
}

/** The total of a time, of any length. */
export function totalOf(db: Database, period: Period): Totals {
  const row = db.get<SumRow>(`SELECT ${sumsOfSums} FROM (${partsBy('model')})`, ...spansOf(period));
  if (row === undefined) throw new Error('a sum without a row');
  return toTotals(row);
}

/** The same by model as logged. */
export function totalByModel(db: Database, period: Period): ReadonlyMap<string, Totals> {
  const sql = `
    SELECT model.name AS name, ${sumsOfSums}
    FROM (${partsBy('model')}) AS part JOIN model ON model.id = part.model GROUP BY name`;
  const rows = db.all<SumRow & { readonly name: string }>(sql, ...spansOf(period));
  return new Map(rows.map((row) => [row.name, toTotals(row)]));
}

/** The same by session, sub-agents apart from the sessions that started them. By id. */
export function totalBySession(db: Database, period: Period): ReadonlyMap<number, Totals> {
  const sql = `SELECT session, ${sumsOfSums} FROM (${partsBy('session')}) GROUP BY session`;
  const rows = db.all<SumRow & { readonly session: number }>(sql, ...spansOf(period));
  return new Map(rows.map((row) => [row.session, toTotals(row)]));
}

/** The whole hours of a time, twice, and its edges before and after them. */
function spansOf({ startMs, endMs }: Period): readonly number[] {
  const first = Math.ceil(startMs / hourMs);
  const last = Math.max(first, Math.floor(endMs / hourMs));
  const hours = [first, last];
  const before = [startMs, Math.min(endMs, first * hourMs)];
  const after = [last * hourMs, Math.max(endMs, last * hourMs)];
  return [...hours, ...hours, ...before, ...after];
}

/**
 * Sums the hours that have changed, where they are many, some at a time.
 *
 * @param isWanted asked between the transactions: whether to go on
 * @throws what SQLite throws
 */
export async function sumHours(db: Database, isWanted: () => boolean): Promise<void> {
  const stale = db.get<{ count: number }>('SELECT count(*) AS count FROM stale_hour')?.count ?? 0;
  for (let left = stale; left > mostStale && isWanted(); left -= hoursAtOnce) {
    db.write(() => sumSome(db));
    await setImmediate();
  }
}

function sumSome(db: Database): void {
  const oldest = `SELECT hour FROM stale_hour ORDER BY hour LIMIT ${hoursAtOnce}`;
  const hours = JSON.stringify(db.all<{ hour: number }>(oldest).map(({ hour }) => hour));
  db.run(deleteFrom('session_hour'), hours);
  db.run(deleteFrom('hourly'), hours);
  db.run(insertSessionHours, hours);
  db.run(insertHours, hours);
  db.run(deleteFrom('stale_hour'), hours);
}

function deleteFrom(table: string): string {
  return `DELETE FROM ${table} WHERE hour IN (SELECT value FROM json_each(?))`;
}

const insertSessionHours = `
  INSERT INTO session_hour (hour, session, model, ${names})
  SELECT value, session, model, ${sumColumns} FROM json_each(?)
  CROSS JOIN ${receiptsOf('value')} WHERE superseded = 0
  GROUP BY value, session, model`;

const insertHours = `
  INSERT INTO hourly (hour, model, ${names})
  SELECT hour, model, ${sumsOfSums} FROM session_hour WHERE hour IN (SELECT value FROM json_each(?))
  GROUP BY hour, model`;
