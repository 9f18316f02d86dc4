/** Calls of tools as rows of numbers, see `receiptRows.ts`. */

import { Texts } from './texts.ts';
import type { ToldOfCall, ToolCallDraft } from './toolCalls.ts';

/** Rows as plain data. */
export interface CallColumns {
  readonly length: number;
  /**
   * Of each row the number of the tool's name, the bytes of the result, whether it failed, and whether the input is known;
   * `NaN` where nothing was told.
   */
  readonly numbers: Float64Array;
  /** Of each row the hashes of the response, the call and its input. */
  readonly ids: BigInt64Array;
  readonly texts: readonly string[];
}

const numberCount = 4;
const idCount = 3;
/** Room that is made at first. */
const leastRows = 256;

export class CallRows {
  #length: number;
  #numbers: Float64Array;
  #ids: BigInt64Array;
  readonly #texts: Texts;

  constructor(columns: CallColumns = noColumns) {
    this.#length = columns.length;
    this.#numbers = columns.numbers;
    this.#ids = columns.ids;
    this.#texts = new Texts(columns.texts);
  }

  get length(): number {
    return this.#length;
  }

  columns(): CallColumns {
    return {
      length: this.#length,
      numbers: this.#numbers.slice(0, this.#length * numberCount),
      ids: this.#ids.slice(0, this.#length * idCount),
      texts: this.#texts.all,
    };
  }

  /** Returns the number of the row. */
  add(response: bigint, call: bigint, told: ToldOfCall): number {
    const row = this.#length++;
    this.#makeRoom();
    this.#ids[row * idCount] = response;
    this.#ids[row * idCount + 1] = call;
    this.setTold(row, told);
    return row;
  }

  setTold(row: number, { name, input, resultBytes, isFailed }: ToldOfCall): void {
    const at = row * numberCount;
    this.#ids[row * idCount + 2] = input ?? 0n;
    this.#numbers[at] = name === null ? Number.NaN : this.#texts.numberOf(name);
    this.#numbers[at + 1] = resultBytes ?? Number.NaN;
    this.#numbers[at + 2] = isFailed === null ? Number.NaN : Number(isFailed);
    this.#numbers[at + 3] = input === null ? 0 : 1;
  }

  draft(row: number): ToolCallDraft {
    const [response = 0n, call = 0n] = this.#ids.subarray(row * idCount, (row + 1) * idCount);
    return { response, call, ...this.told(row) };
  }

  told(row: number): ToldOfCall {
    const at = row * numberCount;
    const [name, resultBytes, failed] = [this.#number(at), this.#number(at + 1), this.#number(at + 2)];
    return {
      name: name === null ? null : this.#texts.textOf(name),
      input: this.#numbers[at + 3] === 1 ? (this.#ids[row * idCount + 2] ?? null) : null,
      resultBytes,
      isFailed: failed === null ? null : failed === 1,
    };
  }

  #number(at: number): number | null {
    const number = this.#numbers[at] ?? Number.NaN;
    return Number.isNaN(number) ? null : number;
  }

  #makeRoom(): void {
    if (this.#length * numberCount <= this.#numbers.length) return;
    const rows = Math.max(leastRows, 2 * this.#length);
    const [numbers, ids] = [new Float64Array(rows * numberCount), new BigInt64Array(rows * idCount)];
    numbers.set(this.#numbers);
    ids.set(this.#ids);
    this.#numbers = numbers;
    this.#ids = ids;
  }
}

const noColumns: CallColumns = {
  length: 0,
  numbers: new Float64Array(),
  ids: new BigInt64Array(),
  texts: [],
};
