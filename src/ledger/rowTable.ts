/** Rows of numbers, of hashes and of texts by their numbers: what receipts and calls of tools are held in. */

import { Texts } from './texts.ts';

/** Rows as plain data. */
export interface RowColumns {
  readonly length: number;
  /** Row after row; `NaN` where nothing is known. */
  readonly numbers: Float64Array;
  readonly ids: BigInt64Array;
  readonly texts: readonly string[];
}

/** How many of each a row has. */
export interface RowWidth {
  readonly numbers: number;
  readonly ids: number;
}

export const noRows: RowColumns = {
  length: 0,
  numbers: new Float64Array(),
  ids: new BigInt64Array(),
  texts: [],
};

/** Room that is made at first. */
const leastRows = 256;

export class RowTable {
  readonly texts: Texts;
  readonly #width: RowWidth;
  #length: number;
  #numbers: Float64Array;
  #ids: BigInt64Array;

  constructor(width: RowWidth, { length, numbers, ids, texts }: RowColumns) {
    this.#width = width;
    this.#length = length;
    this.#numbers = numbers;
    this.#ids = ids;
    this.texts = new Texts(texts);
  }

  get length(): number {
    return this.#length;
  }

  /** Row after row. Another one once {@link addRow} has made room. */
  get numbers(): Float64Array {
    return this.#numbers;
  }

  /** As {@link numbers}. */
  get ids(): BigInt64Array {
    return this.#ids;
  }

  columns(): RowColumns {
    const { numbers, ids } = this.#width;
    return {
      length: this.#length,
      numbers: this.#numbers.slice(0, this.#length * numbers),
      ids: this.#ids.slice(0, this.#length * ids),
      texts: this.texts.all,
    };
  }

  /** Returns the number of the row. */
  addRow(): number {
    const row = this.#length++;
    if (this.#length * this.#width.numbers > this.#numbers.length) this.#makeRoom();
    return row;
  }

  /** `null` where nothing is known. */
  number(at: number): number | null {
    const number = this.#numbers[at] ?? Number.NaN;
    return Number.isNaN(number) ? null : number;
  }

  #makeRoom(): void {
    const rows = Math.max(leastRows, 2 * this.#length);
    const numbers = new Float64Array(rows * this.#width.numbers);
    const ids = new BigInt64Array(rows * this.#width.ids);
    numbers.set(this.#numbers);
    ids.set(this.#ids);
    this.#numbers = numbers;
    this.#ids = ids;
  }
}
