/** Rows of numbers, of hashes and of texts by their numbers: what receipts and calls of tools are held in. */

import type { NumberRows } from '../agents/replyRun.ts';
import { Texts } from './texts.ts';

/** Rows as plain data. */
export interface RowColumns {
  readonly length: number;
  /** Row after row; `NaN` where nothing is known. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly ids: BigInt64Array<ArrayBuffer>;
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

/** A number of a row; `null` where nothing is known. */
export function knownOf(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) ? null : number;
}

/** Room that is made at first. */
const leastRows = 256;

/** By what it grows: to copy it often takes longer than what is left over is worth. */
const growth = 4;

/** 32-bit numbers of a hash. */
const idWords = 2;
/** Ids that tell a row apart. */
const keyIds = 2;

/** The first two ids of a row are its own: rows that have both in common are one. */
export class RowTable {
  readonly texts: Texts;
  readonly #width: RowWidth;
  #length: number;
  #numbers: Float64Array<ArrayBuffer>;
  #ids: BigInt64Array<ArrayBuffer>;
  /** The ids by halves: what is compared as such makes no big numbers. */
  #words: Int32Array;
  /** Rows that others find, by their hashes: the number of each, and -1 where there is none. */
  #slots: Int32Array = new Int32Array(0);
  #settled = 0;

  constructor(width: RowWidth, { length, numbers, ids, texts }: RowColumns) {
    this.#width = width;
    this.#length = length;
    this.#numbers = numbers;
    this.#ids = ids;
    this.#words = wordsOf(ids);
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

  /** What it holds itself, not a copy. */
  columns(): RowColumns {
    const { numbers, ids } = this.#width;
    return {
      length: this.#length,
      numbers: this.#numbers.subarray(0, this.#length * numbers),
      ids: this.#ids.subarray(0, this.#length * ids),
      texts: this.texts.all,
    };
  }

  /** Returns the number of the row. */
  addRow(): number {
    const row = this.#length++;
    if (this.#length * this.#width.numbers > this.#numbers.length) this.#makeRoom();
    return row;
  }

  /** Adds rows that are laid out alike. Returns the number of the first. */
  append({ count, numbers, ids }: NumberRows): number {
    const first = this.#length;
    this.#length += count;
    if (this.#length * this.#width.numbers > this.#numbers.length) this.#makeRoom();
    this.#numbers.set(numbers, first * this.#width.numbers);
    this.#ids.set(ids, first * this.#width.ids);
    return first;
  }

  /**
   * Looks which of the rows from one on are the same as others before them, and has the rest be found from now on.
   *
   * @param merge makes one of a row and the one that was known before it; then the later one is taken away
   */
  settleFrom(first: number, merge: (row: number, known: number) => void): void {
    const end = this.#length;
    let to = first;
    for (let row = first; row < end; row++) {
      if (row !== to) this.#move(row, to);
      const known = this.#settle(to);
      if (known < 0) to++;
      else merge(to, known);
    }
    this.#length = to;
  }

  /** Returns the number of the row that it is the same as; -1 where there is none, and then others find it. */
  #settle(row: number): number {
    if (2 * (this.#settled + 1) > this.#slots.length) this.#makeSlots();
    const slots = this.#slots;
    let slot = this.#slotOf(row);
    for (let known = slots[slot] ?? -1; known >= 0; known = slots[slot] ?? -1) {
      if (this.#areSame(known, row)) return known;
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = row;
    this.#settled++;
    return -1;
  }

  #move(row: number, to: number): void {
    const { numbers, ids } = this.#width;
    this.#numbers.copyWithin(to * numbers, row * numbers, (row + 1) * numbers);
    this.#ids.copyWithin(to * ids, row * ids, (row + 1) * ids);
  }

  #slotOf(row: number): number {
    const at = row * this.#width.ids * idWords;
    return ((this.#words[at] ?? 0) ^ (this.#words[at + idWords] ?? 0)) & (this.#slots.length - 1);
  }

  #areSame(a: number, b: number): boolean {
    const width = this.#width.ids * idWords;
    for (let word = 0; word < keyIds * idWords; word++) {
      if (this.#words[a * width + word] !== this.#words[b * width + word]) return false;
    }
    return true;
  }

  #makeSlots(): void {
    const rows = this.#slots.filter((row) => row >= 0);
    this.#slots = new Int32Array(Math.max(2 * leastRows, growth * this.#slots.length)).fill(-1);
    this.#settled = 0;
    for (const row of rows) this.#settle(row);
  }

  /** `null` where nothing is known. */
  number(at: number): number | null {
    return knownOf(this.#numbers[at]);
  }

  #makeRoom(): void {
    const rows = Math.max(leastRows, growth * this.#length);
    const numbers = new Float64Array(rows * this.#width.numbers);
    const ids = new BigInt64Array(rows * this.#width.ids);
    numbers.set(this.#numbers);
    ids.set(this.#ids);
    this.#numbers = numbers;
    this.#ids = ids;
    this.#words = wordsOf(ids);
  }
}

function wordsOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length * idWords);
}
