/** Calls of tools as rows of numbers, see `receiptRows.ts`. */

import type { NumberRows } from '../agents/replyRun.ts';
import { noRows, type RowColumns, RowTable } from './rowTable.ts';
import type { ToldOfCall, ToolCallDraft } from './toolCalls.ts';

/** Of each row the number of the tool's name, the bytes of the result, whether it failed, and whether the input is known. */
const numberCount = 4;
/** Of each row the hashes of the response, the call and its input. */
const idCount = 3;

export class CallRows {
  readonly #table: RowTable;

  constructor(columns: RowColumns = noRows) {
    this.#table = new RowTable({ numbers: numberCount, ids: idCount }, columns);
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
    ids[row * idCount] = response;
    ids[row * idCount + 1] = call;
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
    const at = row * numberCount;
    ids[row * idCount + 2] = input ?? 0n;
    numbers[at] = name === null ? Number.NaN : texts.numberOf(name);
    numbers[at + 1] = resultBytes ?? Number.NaN;
    numbers[at + 2] = isFailed === null ? Number.NaN : Number(isFailed);
    numbers[at + 3] = input === null ? 0 : 1;
  }

  draft(row: number): ToolCallDraft {
    return { response: this.response(row), call: this.call(row), ...this.told(row) };
  }

  response(row: number): bigint {
    return this.#table.ids[row * idCount] ?? 0n;
  }

  call(row: number): bigint {
    return this.#table.ids[row * idCount + 1] ?? 0n;
  }

  input(row: number): bigint | null {
    return this.#table.numbers[row * numberCount + 3] === 1
      ? (this.#table.ids[row * idCount + 2] ?? null)
      : null;
  }

  /** The number of the tool's name among the texts of the rows. */
  toolNumber(row: number): number | null {
    return this.#table.number(row * numberCount);
  }

  resultBytes(row: number): number | null {
    return this.#table.number(row * numberCount + 1);
  }

  /** 0 or 1. */
  isFailed(row: number): number | null {
    return this.#table.number(row * numberCount + 2);
  }

  text(number: number): string {
    return this.#table.texts.textOf(number);
  }

  told(row: number): ToldOfCall {
    const [name, failed] = [this.toolNumber(row), this.isFailed(row)];
    return {
      name: name === null ? null : this.text(name),
      input: this.input(row),
      resultBytes: this.resultBytes(row),
      isFailed: failed === null ? null : failed === 1,
    };
  }
}
