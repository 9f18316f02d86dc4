/** What short pieces cost, as far as they fit into a fixed room: one that falls into the slot of another takes it. */

import { hashWords, shortBytes, wordAt } from './words.ts';

/** 2^16 slots of 16 bytes: three words of the piece, then its cost plus 1, and its length on top. */
const slotBits = 16;
const wordsPerSlot = 4;
const lengthShift = 24;
const costMask = 2 ** lengthShift - 1;

export class PieceCosts {
  readonly #slots = new Int32Array(wordsPerSlot << slotBits);

  /**
   * The cost of a piece.
   *
   * @param weigh finds it where it is not known: a whole number from 0 on, and of a short piece below 2^24 - 1
   */
  of(
    text: DataView,
    start: number,
    end: number,
    weigh: (text: DataView, start: number, end: number) => number,
  ): number {
    const length = end - start;
    if (length > shortBytes) return weigh(text, start, end);
    const slots = this.#slots;
    const first = wordAt(text, start, length, 0);
    const second = wordAt(text, start, length, 1);
    const third = wordAt(text, start, length, 2);
    const slot = (hashWords(first, second, third) >>> (32 - slotBits)) * wordsPerSlot;
    const entry = slots[slot + 3] ?? 0;
    const isSame =
      slots[slot] === first &&
      slots[slot + 1] === second &&
      slots[slot + 2] === third &&
      entry >>> lengthShift === length;
    if (isSame) return (entry & costMask) - 1;
    const cost = weigh(text, start, end);
    slots[slot] = first;
    slots[slot + 1] = second;
    slots[slot + 2] = third;
    slots[slot + 3] = (length << lengthShift) | (cost + 1);
    return cost;
  }
}
