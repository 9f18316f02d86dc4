/** Reads what can be read of a table in a damaged database: all rows but those on pages that were lost. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';

interface Numbered {
  readonly id: number;
}

/** Ids are handed out upwards from 1; nobody has more rows than this. */
const highestId = 2 ** 40;

/**
 * Failed reads after which what is left of a table is given up: without its first or last page every read fails, and
 * halving would go on for ever. A lost leaf costs some hundred, a lost page above the leaves some ten thousand.
 */
const mostFailures = 50_000;

/**
 * All readable rows, upwards. Where reading fails, the ids that are left are halved until what is damaged lies alone.
 *
 * @param select up to its conditions; the rows must have the id as `id`
 * @param idColumn name of the column with the row id
 */
export function* readableRows<Row extends Numbered>(
  damaged: DatabaseSync,
  select: string,
  idColumn: string,
): Generator<Row> {
  const statement = prepare(damaged, `${select} WHERE ${idColumn} BETWEEN ? AND ? ORDER BY ${idColumn}`);
  const spans = [{ from: 1, to: highestId }];
  let failures = 0;
  for (let span = spans.pop(); statement !== null && span !== undefined; span = spans.pop()) {
    const next = yield* readSpan<Row>(statement, span.from, span.to);
    if (next !== null && ++failures > mostFailures) return;
    if (next === null || next >= span.to) continue;
    const middle = Math.floor((next + span.to) / 2);
    spans.push({ from: middle + 1, to: span.to }, { from: next, to: middle });
  }
}

/**
 * The rows up to the first that cannot be read.
 *
 * @param asBigInts whether integers are read as `bigint`, which sums of money need
 */
export function* readableSpan<Row>(
  damaged: DatabaseSync,
  select: string,
  value: number,
  asBigInts = false,
): Generator<Row> {
  const statement = prepare(damaged, select);
  statement?.setReadBigInts(asBigInts);
  try {
    yield* (statement?.iterate(value) ?? []) as Iterable<Row>;
  } catch {
    // What follows is lost.
  }
}

/** Returns the id from which on nothing was read, or `null` when all was. */
function* readSpan<Row extends Numbered>(
  statement: StatementSync,
  from: number,
  to: number,
): Generator<Row, number | null> {
  let next = from;
  try {
    for (const row of statement.iterate(from, to) as Iterable<Row>) {
      next = row.id + 1;
      yield row;
    }
    return null;
  } catch {
    return next;
  }
}

function prepare(damaged: DatabaseSync, sql: string): StatementSync | null {
  try {
    return damaged.prepare(sql);
  } catch {
    return null;
  }
}
