/** Rows of receipts as values to be bound: with the ids of the ledger in place of the numbers of texts, and priced. */

import type { SQLInputValue } from 'node:sqlite';
import type { Billable } from '../pricing/price.ts';
import type { Names } from './names.ts';
import type { Pricing } from './pricing.ts';
import { column, columnCount, idCount, noCost } from './receiptColumns.ts';
import type { ReceiptRows } from './receiptRows.ts';
import type { SessionStore } from './sessionStore.ts';
import { costOf, sourceOf } from './storedCost.ts';

/** Of each row, in this order: a number of its own, two hashes, all columns, and three amounts that hang on each other. */
export const valueCount = 3 + columnCount + 3;

/** What is asked for the ids of the ledger, and for prices. */
export interface Translation {
  readonly sessions: SessionStore;
  readonly names: Names;
  readonly pricing: Pricing;
}

export class ReceiptValues {
  readonly #rows: ReceiptRows;
  readonly #translation: Translation;
  /** Of each column of texts the ids that were asked for, by the numbers of the texts. */
  readonly #known: readonly (number | undefined)[][] = Array.from({ length: columnCount }, () => []);
  /** Ids of the prices that the models go by, likewise. */
  readonly #sources: (number | undefined)[] = [];
  /** Used again for each lot of a size. */
  readonly #lists = new Map<number, SQLInputValue[]>();

  constructor(rows: ReceiptRows, translation: Translation) {
    this.#rows = rows;
    this.#translation = translation;
  }

  /** The values of so many rows, one row after the other, in a list that the next call of its kind overwrites. */
  of(first: number, count: number): readonly SQLInputValue[] {
    const values = this.#lists.get(count) ?? new Array<SQLInputValue>(count * valueCount).fill(null);
    this.#lists.set(count, values);
    for (let index = 0; index < count; index++) this.#write(values, index * valueCount, first + index);
    return values;
  }

  session(row: number): number {
    return this.#idOf(column.session, this.#rows.numbers[row * columnCount] ?? 0, row);
  }

  #write(values: SQLInputValue[], to: number, row: number): void {
    const { numbers, ids } = this.#rows;
    const at = row * columnCount;
    const id = row * idCount;
    values[to + 1] = ids[id] ?? 0n;
    values[to + 2] = ids[id + 1] ?? 0n;
    for (let of = 0; of < columnCount; of++) values[to + 3 + of] = knownOf(numbers[at + of]);
    for (const of of texts) {
      const number = numbers[at + of] ?? Number.NaN;
      if (!Number.isNaN(number)) values[to + 3 + of] = this.#idOf(of, number, row);
    }
    const reported = ids[id + 2] ?? noCost;
    const cost = costOf(this.#translation.pricing, this.#billOf(row));
    values[to + 3 + columnCount] = reported === noCost ? null : reported;
    values[to + 4 + columnCount] = cost;
    values[to + 5 + columnCount] = cost === null ? null : this.#sourceOf(row);
  }

  /** What a price hangs on. */
  #billOf(row: number): Billable {
    const rows = this.#rows;
    const { numbers } = rows;
    const at = row * columnCount;
    return {
      model: rows.text(row, column.model),
      atMs: numbers[at + column.atMs] ?? 0,
      tokens: {
        uncachedInput: knownOf(numbers[at + column.uncachedInput]),
        cacheRead: knownOf(numbers[at + column.cacheRead]),
        cacheWrite5m: knownOf(numbers[at + column.cacheWrite5m]),
        cacheWrite1h: knownOf(numbers[at + column.cacheWrite1h]),
        cacheWriteUnknown: knownOf(numbers[at + column.cacheWriteUnknown]),
        output: knownOf(numbers[at + column.output]),
        reasoning: knownOf(numbers[at + column.reasoning]),
      },
      webSearches: numbers[at + column.webSearches] ?? 0,
      terms: rows.terms(row),
    };
  }

  #sourceOf(row: number): number {
    const rows = this.#rows;
    const { pricing, names } = this.#translation;
    const model = rows.numbers[row * columnCount + column.model] ?? 0;
    this.#sources[model] ??= names.idOf('catalogue', sourceOf(pricing, rows.text(row, column.model)));
    return this.#sources[model];
  }

  #idOf(of: number, number: number, row: number): number {
    const known = this.#known[of] ?? [];
    known[number] ??= this.#askFor(of, row);
    return known[number];
  }

  #askFor(of: number, row: number): number {
    const rows = this.#rows;
    const { sessions, names } = this.#translation;
    if (of === column.session) return sessions.idOf(rows.agent(row), rows.sessionKey(row));
    const table = of === column.model ? 'model' : of === column.terms ? 'terms' : 'circumstance';
    return names.idOf(table, rows.text(row, of));
  }
}

const texts: readonly number[] = [column.session, column.model, column.terms, column.circumstance];

/** `null` where nothing is known. */
function knownOf(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}
