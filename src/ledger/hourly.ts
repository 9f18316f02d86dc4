/**
 * Totals over long times: from the sums of whole hours where these hold, and from the receipts themselves at the edges
 * and in hours that have changed since. Both come from one statement, so that no write can fall between them.
 */

import { setImmediate } from 'node:timers/promises';
import type { Period } from '../domain/period.ts';
import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { grownReceipts, type ResetPoint } from './grownReceipts.ts';
import { type SumRow, sumColumns, sumNames, toTotals } from './sums.ts';

export const hourMs = 3_600_000;

/** The hour of a time. */
export function hourOf(atMs: number): number {
  return Math.trunc(atMs / hourMs);
}

/** Notes that receipts came into some hours. To be called in the transaction that brings them, see `schema.ts`. */
export function staleHours(db: Database, hours: Iterable<number>): void {
  db.run('INSERT OR IGNORE INTO stale_hour SELECT value FROM json_each(?)', JSON.stringify([...hours]));
}

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
const tables = { model: 'hourly', session: 'session_hour', 'session, model': 'session_hour' } as const;

type Key = keyof typeof tables;

/** What counts of a time. */
export interface Stretch extends Period {
  /** Only what came after counts. */
  readonly since?: ResetPoint;
}

/**
 * Sums of a time, several for each key: of hours that hold, of others, and of two edges; and where only what came later
 * counts, of later receipts in hours that hold earlier ones, and of what the earlier ones have grown by.
 */
function partsBy(key: Key, isSince: boolean): string {
  const table = tables[key];
  const held = `FROM ${table} AS part WHERE hour >= ? AND hour < ? AND hour NOT IN (SELECT hour FROM stale_hour)`;
  return `
  SELECT ${key}, ${names} ${held} AND first_receipt > ?
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM stale_hour
  CROSS JOIN ${receiptsOf('hour')}
  WHERE hour >= ? AND hour < ? AND superseded = 0 AND receipt.id > ? GROUP BY ${key}
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM counted WHERE at_ms >= ? AND at_ms < ? AND id > ? GROUP BY ${key}
  UNION ALL
  SELECT ${key}, ${sumColumns} FROM counted WHERE at_ms >= ? AND at_ms < ? AND id > ? GROUP BY ${key}
  ${isSince ? `UNION ALL ${partsOfMixedHours(key, held)} UNION ALL ${grownParts(key)}` : ''}`;
}

/** Row by row of the table, as others of the same hour may hold later receipts alone. Such hours are few. */
function partsOfMixedHours(key: Key, held: string): string {
  const parts = key === 'model' ? 'model AS part_model' : 'session AS part_session, model AS part_model';
  const isOfPart = key === 'model' ? 'model = part_model' : 'session = part_session AND model = part_model';
  return `
  SELECT ${key}, ${sumColumns} FROM (SELECT hour, ${parts} ${held} AND first_receipt <= ? AND last_receipt > ?)
  CROSS JOIN ${receiptsOf('hour')}
  WHERE ${isOfPart} AND superseded = 0 AND receipt.id > ? GROUP BY ${key}`;
}

function grownParts(key: Key): string {
  return `
  SELECT ${key}, ${sumColumns} FROM ${grownReceipts} WHERE reset_ms = ? AND at_ms >= ? AND at_ms < ? GROUP BY ${key}`;
}

/** @param rest conditions on the sums by `key` and how they are grouped */
function sumsByKey<Row>(
  db: Database,
  key: Key,
  stretch: Stretch,
  columns: string,
  rest: string,
  values: readonly string[] = [],
): Row[] {
  const sql = `SELECT ${columns} FROM (${partsBy(key, stretch.since !== undefined)}) AS part ${rest}`;
  return db.all<Row>(sql, ...spansOf(stretch), ...values);
}

/** What alone counts, by ids; all where nothing is named. */
export interface Choice {
  readonly sessions?: readonly number[];
  readonly models?: readonly number[];
}

/** The total of a time, of any length. */
export function totalOf(db: Database, stretch: Stretch, { sessions, models }: Choice = {}): Totals {
  const key = sessions === undefined ? 'model' : 'session, model';
  const chosen = [sessions && (['session', sessions] as const), models && (['model', models] as const)];
  const conditions = chosen.flatMap((choice) => (choice ? [choice] : []));
  const where = conditions.map(([column]) => `${column} IN (SELECT value FROM json_each(?))`).join(' AND ');
  const values = conditions.map(([, ids]) => JSON.stringify(ids));
  const [row] = sumsByKey<SumRow>(db, key, stretch, sumsOfSums, where && `WHERE ${where}`, values);
  if (row === undefined) throw new Error('a sum without a row');
  return toTotals(row);
}

/** Ids of the sessions that spent anything in a time. */
export function sessionsIn(db: Database, stretch: Stretch): readonly number[] {
  const rows = sumsByKey<SessionColumn>(db, 'session', stretch, 'DISTINCT session', '');
  return rows.map(({ session }) => session);
}

/** The same by model as logged. */
export function totalByModel(db: Database, stretch: Stretch): ReadonlyMap<string, Totals> {
  const columns = `model.name AS name, ${sumsOfSums}`;
  const rest = 'JOIN model ON model.id = part.model GROUP BY name';
  const rows = sumsByKey<SumRow & { readonly name: string }>(db, 'model', stretch, columns, rest);
  return new Map(rows.map((row) => [row.name, toTotals(row)]));
}

/** The same by session, sub-agents apart from the sessions that started them. By id. */
export function totalBySession(db: Database, stretch: Stretch): ReadonlyMap<number, Totals> {
  const columns = `session, ${sumsOfSums}`;
  const rows = sumsByKey<SumRow & SessionColumn>(db, 'session', stretch, columns, 'GROUP BY session');
  return new Map(rows.map((row) => [row.session, toTotals(row)]));
}

interface SessionColumn {
  readonly session: number;
}

export interface ModelTotals {
  readonly session: number;
  readonly model: string;
  readonly totals: Totals;
}

/** What some sessions came to, each by model as logged, over all time. */
export function modelTotalsOf(db: Database, sessions: readonly number[]): readonly ModelTotals[] {
  const ids = JSON.stringify(sessions);
  const [parts, values] = hasManyStale(db) ? [receiptsOfSessions, [ids]] : [hoursOfSessions, [ids, ids]];
  const columns = `session, model.name AS name, ${sumsOfSums}`;
  const sql = `SELECT ${columns} FROM (${parts}) AS part JOIN model ON model.id = part.model GROUP BY session, name`;
  return db
    .all<SumRow & SessionColumn & { readonly name: string }>(sql, ...values)
    .map((row) => ({ session: row.session, model: row.name, totals: toTotals(row) }));
}

const isChosen = 'session IN (SELECT value FROM json_each(?))';

const hoursOfSessions = `
  SELECT session, model, ${names} FROM session_hour WHERE ${isChosen} AND hour NOT IN (SELECT hour FROM stale_hour)
  UNION ALL
  SELECT session, model, ${sumColumns} FROM stale_hour
  CROSS JOIN ${receiptsOf('hour')} WHERE superseded = 0 AND ${isChosen} GROUP BY session, model`;

/** Until hours are summed, these are fewer than the receipts of all stale hours. */
const receiptsOfSessions = `SELECT session, model, ${sumColumns} FROM counted WHERE ${isChosen} GROUP BY session, model`;

function hasManyStale(db: Database): boolean {
  const stale = `SELECT 1 FROM stale_hour LIMIT ${mostStale + 1}`;
  return (db.get<{ count: number }>(`SELECT count(*) AS count FROM (${stale})`)?.count ?? 0) > mostStale;
}

/** The whole hours of a time, twice, and its edges before and after them; then what only a reset asks for. */
function spansOf({ startMs, endMs, since }: Stretch): readonly number[] {
  const first = Math.ceil(startMs / hourMs);
  const last = Math.max(first, Math.floor(endMs / hourMs));
  const after = since?.lastReceipt ?? 0;
  const hours = [first, last, after];
  const beforeHours = [startMs, Math.min(endMs, first * hourMs), after];
  const afterHours = [last * hourMs, Math.max(endMs, last * hourMs), after];
  const mixed = [...hours, after, after];
  const sinceReset = since === undefined ? [] : [...mixed, since.atMs, startMs, endMs];
  return [...hours, ...hours, ...beforeHours, ...afterHours, ...sinceReset];
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
  INSERT INTO session_hour (hour, session, model, first_receipt, last_receipt, ${names})
  SELECT value, session, model, min(receipt.id), max(receipt.id), ${sumColumns} FROM json_each(?)
  CROSS JOIN ${receiptsOf('value')} WHERE superseded = 0
  GROUP BY value, session, model`;

const insertHours = `
  INSERT INTO hourly (hour, model, first_receipt, last_receipt, ${names})
  SELECT hour, model, min(first_receipt), max(last_receipt), ${sumsOfSums} FROM session_hour WHERE hour IN (SELECT value FROM json_each(?))
  GROUP BY hour, model`;
