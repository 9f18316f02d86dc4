/**
 * The one way to a total: every sum that is shown anywhere is made by these columns over the receipts that count.
 * Day, session and model sums agree because there is no other.
 */

import type { SQLInputValue } from 'node:sqlite';
import { type Pico, pico } from '../domain/money.ts';
import type { Quality } from '../domain/receipt.ts';
import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { qualities } from './merge.ts';
import { classColumns, toTokens } from './receiptRow.ts';

/**
 * Costs are summed in two halves: SQLite ends a sum beyond 2⁶³ with an error, and one damaged log must not take all
 * totals away.
 */
const lowBits = 24n;

const highBits = (column: string) => `${column} >> ${lowBits}`;
const lowPart = (column: string) => `${column} & ${(1n << lowBits) - 1n}`;
const isOf = (...names: readonly Quality[]) =>
  `quality IN (${names.map((name) => qualities.indexOf(name)).join(', ')})`;
const whereReported = (value: string) => `iif(reported_pico IS NULL, 0, ${value})`;

const summed = {
  uncached_input: 'uncached_input',
  cache_read: 'cache_read',
  cache_write_5m: 'cache_write_5m',
  cache_write_1h: 'cache_write_1h',
  cache_write_unknown: 'cache_write_unknown',
  output: 'output',
  reasoning: 'reasoning',
  partial_receipts: `(${classColumns.join(' + ')}) IS NULL`,
  cost_high: highBits('cost_pico'),
  cost_low: lowPart('cost_pico'),
  unpriced_receipts: 'cost_pico IS NULL',
  unpriced_tokens: `iif(cost_pico IS NULL, ${classColumns.map((name) => `ifnull(${name}, 0)`).join(' + ')}, 0)`,
  rough_receipts: isOf('rounded', 'estimated'),
  whole_session_receipts: isOf('sessionTotal'),
  reported_receipts: 'reported_pico IS NOT NULL',
  reported_high: highBits('reported_pico'),
  reported_low: lowPart('reported_pico'),
  reported_ours_high: whereReported(highBits('cost_pico')),
  reported_ours_low: whereReported(lowPart('cost_pico')),
} as const;

/** The sums over receipts, as columns of a query. */
export const sumColumns = ['count(*) AS receipts', ...toSums(summed)].join(', ');

/** The names of these columns. */
export const sumNames = ['receipts', ...Object.keys(summed)] as const;

function toSums(columns: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(columns).map(([name, value]) => `ifnull(sum(${value}), 0) AS ${name}`);
}

export type SumRow = Readonly<Record<keyof typeof summed | 'receipts', number>>;

/**
 * Totals of the receipts that count, one row a group.
 *
 * @param group columns that name a group, such as `session`; none for one group of all
 * @param rest the joins and conditions on `counted`, up to `GROUP BY`
 * @param tables common tables that `rest` uses, such as {@link treeOf}
 * @param from what is summed in place of all that counts, to be called `counted`
 */
export function sumsBy<Group>(
  db: Database,
  group: readonly string[],
  rest: string,
  values: readonly SQLInputValue[],
  tables = '',
  from = 'counted',
): { readonly group: Group; readonly totals: Totals }[] {
  const columns = [...group, sumColumns].join(', ');
  const sql = `${tables} SELECT ${columns} FROM ${from} ${rest}`;
  const rows = db.all<Group & SumRow>(sql, ...values);
  return rows.map((row) => ({ group: row, totals: toTotals(row) }));
}

/**
 * A common table `tree`: the sessions of a JSON list of ids, each with all sub-agents below it. `root` is the id in
 * the list that a session belongs to.
 */
export const treeOf = `
  WITH RECURSIVE tree (root, id, level) AS (
    SELECT value, value, 0 FROM json_each(?)
    UNION ALL SELECT root, session.id, level + 1 FROM tree JOIN session ON session.parent = tree.id
  )`;

export function toTotals(row: SumRow): Totals {
  return {
    receipts: row.receipts,
    tokens: toTokens(row),
    partialReceipts: row.partial_receipts,
    cost: fromHalves(row.cost_high, row.cost_low),
    unpricedReceipts: row.unpriced_receipts,
    unpricedTokens: row.unpriced_tokens,
    roughReceipts: row.rough_receipts,
    wholeSessionReceipts: row.whole_session_receipts,
    reported: {
      receipts: row.reported_receipts,
      cost: fromHalves(row.reported_high, row.reported_low),
      ours: fromHalves(row.reported_ours_high, row.reported_ours_low),
    },
  };
}

function fromHalves(high: number, low: number): Pico {
  return pico((BigInt(high) << lowBits) + BigInt(low));
}
