/** Counts of pieces that are no token, as far as they fit into a fixed room. */

import { ShortTable } from './shortTable.ts';

/** 2^16 slots of 16 bytes. */
const shortSlotBits = 16;
const mostShort = 0.75 * 2 ** shortSlotBits;

/** The longest piece that is kept, in bytes. */
export const mostLearnedBytes = 48;

/** 2^13 slots of 64 bytes: 48 of the piece, then length and count. */
const longSlots = 2 ** 13;
const wordsPerSlot = 16;
const pieceWords = mostLearnedBytes / 4;
const countBits = 16;

/** Pieces of up to `shortBytes` bytes: forgets all when it is three quarters full. */
export class LearnedShort {
  readonly #table = new ShortTable(shortSlotBits);

  /** The count, or 0. */
  get(length: number, first: number, second: number, third: number): number {
    return this.#table.get(length, first, second, third);
  }

  set(length: number, first: number, second: number, third: number, count: number): void {
    if (this.#table.size >= mostShort) this.#table.clear();
    this.#table.set(length, first, second, third, count);
  }
}

/** Longer pieces: one that falls into the slot of another takes it. */
export class LearnedLong {
  readonly #slots = new Int32Array(longSlots * wordsPerSlot);

  /**
   * The count of a piece of at most `mostLearnedBytes`, or 0.
   *
   * @param hash what `hashBytes` gives for it
   */
  get(text: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const slot = slotOf(hash);
    const entry = slots[slot + pieceWords] ?? 0;
    if (entry >>> countBits !== end - start) return 0;
    for (let word = 0; 4 * word < end - start; word++) {
      if (slots[slot + word] !== wordUpTo(text, start + 4 * word, end)) return 0;
    }
    return entry & ((1 << countBits) - 1);
  }

  set(text: DataView, start: number, end: number, hash: number, count: number): void {
    const slot = slotOf(hash);
    for (let word = 0; 4 * word < end - start; word++) {
      this.#slots[slot + word] = wordUpTo(text, start + 4 * word, end);
    }
    this.#slots[slot + pieceWords] = ((end - start) << countBits) | count;
  }
}

function slotOf(hash: number): number {
  return (hash & (longSlots - 1)) * wordsPerSlot;
}

/** Four bytes, of which those from `end` on are 0. */
function wordUpTo(text: DataView, at: number, end: number): number {
  const word = text.getInt32(at, true);
  return end - at >= 4 ? word : word & ((1 << (8 * (end - at))) - 1);
}
