/**
 * What is known of byte strings of up to `shortBytes` bytes, by open addressing in one typed array: the ranks of
 * tokens, and beside them the counts of strings that are none, as far as they have been learned.
 */

import { hashWords } from './words.ts';

/** Four words a slot: three of bytes, then length, count and value; the last is 0 where the slot is free. */
export const slotWords = 4;

/** The value takes the bits below, then the count, then the length. */
export const countShift = 24;
export const lengthShift = 28;
const valueMask = (1 << countShift) - 1;
export const countMask = 0xf;

/** One slot in eight may be learned: with a third that is tokens, most look-ups end where they begin. */
const slotsPerLearned = 8;

/** As a power of two: four bits. */
const hashBitsPerSlot = 2;

export class ShortTable {
  readonly slots: Int32Array;
  /** Turns a hash into the number of its slot. */
  readonly shift: number;
  /** A bit for every hash that a token has: most strings that are no token end here, in a nearer cache. */
  readonly #hashes: Int32Array;
  readonly #hashShift: number;
  /** Where the learned slots are. No token lies behind one, since all tokens came first. */
  readonly #learned: Int32Array;
  #learnedSlots = 0;

  /** @param bits the table has 2^bits slots, of which tokens should not take more than half */
  constructor(bits: number) {
    this.slots = new Int32Array(slotWords << bits);
    this.shift = 32 - bits;
    this.#hashes = new Int32Array(1 << (bits + hashBitsPerSlot - 5));
    this.#hashShift = this.shift - hashBitsPerSlot;
    this.#learned = new Int32Array((1 << bits) / slotsPerLearned);
  }

  /** The value of a token, or 0. */
  valueOf(length: number, first: number, second: number, third: number): number {
    const bit = hashWords(first, second, third) >>> this.#hashShift;
    if (((this.#hashes[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return 0;
    return (this.slots[this.#find(length, first, second, third) + 3] ?? 0) & valueMask;
  }

  /** The count of a token, which is 1, or of what was learned; 0 for what is not known. */
  countOf(length: number, first: number, second: number, third: number): number {
    const entry = this.slots[this.#find(length, first, second, third) + 3] ?? 0;
    return (entry >>> countShift) & countMask;
  }

  /**
   * Adds a token that is not there yet. All must be added before the first count is learned.
   *
   * @param value over 0 and below 2^24
   */
  addToken(length: number, first: number, second: number, third: number, value: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    const hash = hashWords(first, second, third);
    const bit = hash >>> this.#hashShift;
    this.#hashes[bit >>> 5] = (this.#hashes[bit >>> 5] ?? 0) | (1 << (bit & 31));
    let at = (hash >>> this.shift) * slotWords;
    while (slots[at + 3] !== 0) at = (at + slotWords) & mask;
    this.#fill(at, length, first, second, third, (1 << countShift) | value);
  }

  /** Forgets all that was learned when there is no room. */
  learn(length: number, first: number, second: number, third: number, count: number): void {
    if (this.#learnedSlots === this.#learned.length) this.#forget();
    const at = this.#find(length, first, second, third);
    this.#fill(at, length, first, second, third, count << countShift);
    this.#learned[this.#learnedSlots++] = at;
  }

  #forget(): void {
    for (const at of this.#learned) this.slots[at + 3] = 0;
    this.#learnedSlots = 0;
  }

  #fill(at: number, length: number, first: number, second: number, third: number, rest: number): void {
    const { slots } = this;
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + 2] = third;
    slots[at + 3] = (length << lengthShift) | rest;
  }

  /** The slot that holds these bytes, or the free one in which they belong. */
  #find(length: number, first: number, second: number, third: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = (hashWords(first, second, third) >>> this.shift) * slotWords;
    for (;;) {
      const entry = slots[at + 3] ?? 0;
      const difference =
        ((slots[at] ?? 0) ^ first) |
        ((slots[at + 1] ?? 0) ^ second) |
        ((slots[at + 2] ?? 0) ^ third) |
        ((entry >>> lengthShift) ^ length);
      if (difference === 0 || entry === 0) return at;
      at = (at + slotWords) & mask;
    }
  }
}
