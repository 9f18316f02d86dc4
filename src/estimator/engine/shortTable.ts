/** A table from byte strings of up to `shortBytes` bytes to numbers, by open addressing in one typed array. */

import { hashWords } from './words.ts';

/** Four words a slot: three of bytes, and one of length and value; the last is 0 where the slot is free. */
export const slotWords = 4;

/** The value of a slot lies below its length. */
export const valueBits = 20;
const valueMask = (1 << valueBits) - 1;

/** Values must be over 0 and below 2^20. */
export class ShortTable {
  readonly slots: Int32Array;
  /** Turns a hash into the number of its slot. */
  readonly shift: number;
  size = 0;

  /** @param bits the table has 2^bits slots, which should never get nearly full */
  constructor(bits: number) {
    this.slots = new Int32Array(slotWords << bits);
    this.shift = 32 - bits;
  }

  /** The value, or 0. */
  get(length: number, first: number, second: number, third: number): number {
    return (this.slots[this.#find(length, first, second, third) + 3] ?? 0) & valueMask;
  }

  set(length: number, first: number, second: number, third: number, value: number): void {
    const { slots } = this;
    const at = this.#find(length, first, second, third);
    if (slots[at + 3] === 0) this.size += 1;
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + 2] = third;
    slots[at + 3] = (length << valueBits) | value;
  }

  clear(): void {
    this.slots.fill(0);
    this.size = 0;
  }

  /** The slot that holds these bytes, or the free one in which they belong. */
  #find(length: number, first: number, second: number, third: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = (hashWords(first, second, third) >>> this.shift) * slotWords;
    for (;;) {
      const entry = slots[at + 3] ?? 0;
      if (entry === 0) return at;
      const isSame =
        slots[at] === first &&
        slots[at + 1] === second &&
        slots[at + 2] === third &&
        entry >>> valueBits === length;
      if (isSame) return at;
      at = (at + slotWords) & mask;
    }
  }
}
