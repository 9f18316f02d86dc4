/** Rows of receipts as values to be bound: with the ids of the ledger in place of the numbers of texts, and priced. */

import type { SQLInputValue } from 'node:sqlite';
import type { Billable } from '../pricing/price.ts';
import { placesOf } from './lots.ts';
import { qualities } from './merge.ts';
import type { Names } from './names.ts';
import type { Pricing } from './pricing.ts';
import { column, columnCount, idCount, noCost } from './receiptColumns.ts';
import { creditColumns, readingColumns } from './receiptRow.ts';
import type { ReceiptRows } from './receiptRows.ts';
import { knownOf } from './rowTable.ts';
import type { SessionStore } from './sessionStore.ts';
import { costOf, sourceOf } from './storedCost.ts';

/** What is asked for the ids of the ledger, and for prices. */
export interface Translation {
  readonly sessions: SessionStore;
  readonly names: Names;
  readonly pricing: Pricing;
}

/** What a statement inserts, and with which values. */
export interface Insertion {
  /** Columns and values, as they follow the name of the table. */
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export class ReceiptValues {
  readonly #rows: ReceiptRows;
  readonly #translation: Translation;
  /** Without those that no row knows: to leave one out takes less than to say that it is unknown. */
  readonly #columns: readonly number[];
  readonly #isReported: boolean;
  /** Whether the tier of some row is chosen by other than its tokens. */
  readonly #hasTiers: boolean;
  /** Of each column of texts the ids that were asked for, by the numbers of the texts. */
  readonly #known: readonly (number | undefined)[][] = Array.from({ length: columnCount }, () => []);
  /** Ids of the prices that the models go by, likewise. */
  readonly #sources: (number | undefined)[] = [];
  /** Used again for each lot of a size. */
  readonly #insertions = new Map<number, { readonly sql: string; readonly values: SQLInputValue[] }>();

  constructor(rows: ReceiptRows, translation: Translation) {
    this.#rows = rows;
    this.#translation = translation;
    this.#columns = columns.filter((of) => !seldomKnown.includes(of) || isKnown(rows, of));
    this.#isReported = isReported(rows);
    this.#hasTiers = [column.contextTokens, column.turnStartedMs].some((of) => isKnown(rows, of));
  }

  /** Of so many rows that follow one another, until it is asked for the next ones. */
  of(first: number, count: number): Insertion {
    const insertion = this.#insertions.get(count) ?? this.#newInsertion(count);
    this.#insertions.set(count, insertion);
    const { values } = insertion;
    const width = values.length / count;
    for (let index = 0; index < count; index++) this.#write(values, index * width, first + index);
    return insertion;
  }

  #newInsertion(count: number): { readonly sql: string; readonly values: SQLInputValue[] } {
    const names = [
      'response',
      'request',
      ...this.#columns.map((of) => columnNames[of]),
      ...(this.#isReported ? ['reported_pico'] : []),
      'cost_pico',
      'catalogue',
    ];
    const places = placesOf(`0, ${names.map(() => '?')}`, count);
    return { sql: `(superseded, ${names}) VALUES ${places}`, values: Array(count * names.length).fill(null) };
  }

  session(row: number): number {
    return this.#idOf(column.session, this.#rows.numbers[row * columnCount] ?? 0, row);
  }

  #write(values: SQLInputValue[], from: number, row: number): void {
    const { numbers, ids } = this.#rows;
    const at = row * columnCount;
    const id = row * idCount;
    let to = from;
    values[to++] = ids[id] ?? 0n;
    values[to++] = ids[id + 1] ?? 0n;
    for (const of of this.#columns) {
      const number = knownOf(numbers[at + of]);
      values[to++] = number === null || isText[of] !== true ? number : this.#idOf(of, number, row);
    }
    const reported = ids[id + 2] ?? noCost;
    if (this.#isReported) values[to++] = reported === noCost ? null : reported;
    const cost = costOf(this.#translation.pricing, this.#billOf(row));
    values[to++] = cost;
    values[to++] = cost === null ? null : this.#sourceOf(row);
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
      quality: qualities[numbers[at + column.quality] ?? 0] ?? 'partial',
      circumstances: this.#hasTiers ? rows.reading(row).circumstances : noCircumstances,
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

const noCircumstances = {};
const columns = Array.from({ length: columnCount }, (_, of) => of);
/** What may be left out. Each makes twice as many statements, which are kept: not all may. */
const seldomKnown: readonly number[] = [
  column.reasoning,
  column.terms,
  column.durationMs,
  column.contextTokens,
  column.turnStartedMs,
];
/** As the ledger calls them. */
const columnNames = [...creditColumns, ...readingColumns];
const texts: readonly number[] = [column.session, column.model, column.terms, column.circumstance];
const isText = columns.map((of) => texts.includes(of));

function isKnown({ numbers, length }: ReceiptRows, of: number): boolean {
  for (let row = 0; row < length; row++) if (!Number.isNaN(numbers[row * columnCount + of])) return true;
  return false;
}

/** Whether agents have recorded a cost of some row. */
function isReported({ ids, length }: ReceiptRows): boolean {
  for (let row = 0; row < length; row++) if (ids[row * idCount + 2] !== noCost) return true;
  return false;
}
