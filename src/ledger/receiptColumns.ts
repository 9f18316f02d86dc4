/** How a row of a receipt is laid out, see `receiptRows.ts`. */

import type { Dropped } from '../domain/receipt.ts';
import { noRows, type RowColumns } from './rowTable.ts';

/** Columns of a row, in the order of the ledger's own. What is a text is its number among the texts. */
export const column = {
  session: 0,
  claim: 1,
  bornMs: 2,
  reader: 3,
  atMs: 4,
  model: 5,
  uncachedInput: 6,
  cacheRead: 7,
  cacheWrite5m: 8,
  cacheWrite1h: 9,
  cacheWriteUnknown: 10,
  output: 11,
  reasoning: 12,
  webSearches: 13,
  terms: 14,
  circumstance: 15,
  durationMs: 16,
  turn: 17,
  contextTokens: 18,
  turnStartedMs: 19,
  quality: 20,
} as const;

export const columnCount = 21;

/** Rows as plain data. Of each the hashes of its response and request, and the cost as the agent recorded it. */
export interface ReceiptColumns extends RowColumns {
  readonly dropped: ReadonlyMap<number, Dropped>;
}

export const idCount = 3;
/** In place of a cost that the agent did not record. */
export const noCost = -(2n ** 63n);

export const noColumns: ReceiptColumns = { ...noRows, dropped: new Map() };
