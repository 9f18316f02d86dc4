/** The responses of a run on their way into rows of receipts. */

import { type ReplyRun, replyColumn, replyColumnCount } from '../agents/replyRun.ts';
import type { Circumstances } from '../domain/receipt.ts';
import { qualities } from './merge.ts';
import { column, columnCount, idCount, noCost } from './receiptColumns.ts';
import type { RowTable } from './rowTable.ts';

export class RunRows {
  readonly #table: RowTable;
  readonly #run: ReplyRun;
  readonly #shared: Float64Array;
  readonly #numberOf: (circumstances: Circumstances) => number;
  readonly #circumstances: number[] = [];

  /**
   * @param shared what all rows have in common
   * @param numberOf the number of a text in the table; `NaN` of one that says nothing
   */
  constructor(
    table: RowTable,
    run: ReplyRun,
    shared: Float64Array,
    numberOf: (circumstances: Circumstances) => number,
  ) {
    this.#table = table;
    this.#run = run;
    this.#shared = shared;
    this.#numberOf = numberOf;
  }

  /** Returns the number of the row. */
  add(reply: number): number {
    const { replies, replyIds } = this.#run;
    const row = this.#table.addRow();
    const { numbers, ids } = this.#table;
    const from = reply * replyColumnCount;
    const to = row * columnCount;
    ids[row * idCount] = replyIds[reply * 2] ?? 0n;
    ids[row * idCount + 1] = replyIds[reply * 2 + 1] ?? 0n;
    ids[row * idCount + 2] = noCost;
    numbers.set(this.#shared, to);
    numbers[to + column.atMs] = replies[from + replyColumn.atMs] ?? Number.NaN;
    for (let of = 0; of < countColumns; of++) {
      numbers[to + column.uncachedInput + of] = replies[from + replyColumn.uncachedInput + of] ?? Number.NaN;
    }
    numbers[to + column.circumstance] = this.#circumstance(replies[from + replyColumn.circumstances] ?? 0);
    numbers[to + column.turn] = replies[from + replyColumn.turn] ?? Number.NaN;
    numbers[to + column.quality] = replies[from + replyColumn.isPartial] === 1 ? partial : exact;
    return row;
  }

  #circumstance(number: number): number {
    this.#circumstances[number] ??= this.#numberOf(this.#run.circumstancesOf(number));
    return this.#circumstances[number];
  }
}

/** Counts of tokens and searches, which stand in the same order in both. */
const countColumns = column.webSearches - column.uncachedInput + 1;

const exact = qualities.indexOf('exact');
const partial = qualities.indexOf('partial');
