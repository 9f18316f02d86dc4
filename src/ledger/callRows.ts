/** Calls of tools as rows of numbers, see `receiptRows.ts`. */

import type { NumberRows } from '../agents/replyRun.ts';
import { callColumn, callColumnCount, callIdCount } from './callColumns.ts';
import { noRows, type RowColumns, RowTable } from './rowTable.ts';
import type { ToldOfCall, ToolCallDraft } from './toolCalls.ts';

export class CallRows {
  readonly #table: RowTable;

  constructor(columns: RowColumns = noRows) {
    this.#table = new RowTable({ numbers: callColumnCount, ids: callIdCount }, columns);
  }

  get length(): number {
    return this.#table.length;
  }

  columns(): RowColumns {
    return this.#table.columns();
  }

  /** Returns the number of the row. */
  add(response: bigint, call: bigint, told: ToldOfCall): number {
    const row = this.#table.addRow();
    const { ids } = this.#table;
    ids[row * callIdCount] = response;
    ids[row * callIdCount + 1] = call;
    this.setTold(row, told);
    return row;
  }

  /** Adds rows of a run. Returns the number of the first. */
  append(rows: NumberRows): number {
    return this.#table.append(rows);
  }

  /** As {@link RowTable.settleFrom}. */
  settleFrom(first: number, merge: (row: number, known: number) => void): void {
    this.#table.settleFrom(first, merge);
  }

  /** What stands in a row for the name of a tool. */
  readonly toolNumberOf = (name: string): number => this.#table.texts.numberOf(name);

  setTold(row: number, { name, input, resultBytes, isFailed }: ToldOfCall): void {
    const { numbers, ids, texts } = this.#table;
    const at = row * callColumnCount;
    ids[row * callIdCount + 2] = input ?? 0n;
    numbers[at + callColumn.tool] = name === null ? Number.NaN : texts.numberOf(name);
    numbers[at + callColumn.resultBytes] = resultBytes ?? Number.NaN;
    numbers[at + callColumn.isFailed] = isFailed === null ? Number.NaN : Number(isFailed);
    numbers[at + callColumn.hasInput] = input === null ? 0 : 1;
  }

  /** All columns, row after row. Another list once rows were added. */
  get numbers(): Float64Array {
    return this.#table.numbers;
  }

  /** As {@link numbers}: the hashes of the response, the call and its input. */
  get ids(): BigInt64Array {
    return this.#table.ids;
  }

  /** The text that a number stands for. */
  text(number: number): string {
    return this.#table.texts.textOf(number);
  }

  draft(row: number): ToolCallDraft {
    const [response = 0n, call = 0n] = this.ids.subarray(row * callIdCount, (row + 1) * callIdCount);
    return { response, call, ...this.told(row) };
  }

  told(row: number): ToldOfCall {
    const at = row * callColumnCount;
    const tool = this.#table.number(at + callColumn.tool);
    const isFailed = this.#table.number(at + callColumn.isFailed);
    const hasInput = this.numbers[at + callColumn.hasInput] === 1;
    return {
      name: tool === null ? null : this.text(tool),
      input: hasInput ? (this.ids[row * callIdCount + 2] ?? null) : null,
      resultBytes: this.#table.number(at + callColumn.resultBytes),
      isFailed: isFailed === null ? null : isFailed === 1,
    };
  }
}
