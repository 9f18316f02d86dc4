/** Counts of pieces that are too long for `ShortTable`: one that falls into the slot of another takes it. */

const countBits = 16;

export class LearnedPieces {
  /** The longest piece that is kept. */
  readonly mostBytes: number;
  readonly #slotMask: number;
  readonly #wordsPerSlot: number;
  /** By slot the bytes of the piece, and in the last word its length and count. */
  readonly #slots: Int32Array;

  /**
   * @param slots a power of two
   * @param mostBytes a multiple of four
   */
  constructor(slots: number, mostBytes: number) {
    this.mostBytes = mostBytes;
    this.#slotMask = slots - 1;
    this.#wordsPerSlot = mostBytes / 4 + 1;
    this.#slots = new Int32Array(slots * this.#wordsPerSlot);
  }

  /**
   * The count of a piece of at most `mostBytes`, or 0.
   *
   * @param hash what `hashBytes` gives for it
   */
  get(text: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const slot = this.#slotOf(hash);
    const entry = slots[slot + this.#wordsPerSlot - 1] ?? 0;
    if (entry >>> countBits !== end - start) return 0;
    for (let word = 0; 4 * word < end - start; word++) {
      if (slots[slot + word] !== wordUpTo(text, start + 4 * word, end)) return 0;
    }
    return entry & ((1 << countBits) - 1);
  }

  set(text: DataView, start: number, end: number, hash: number, count: number): void {
    const slot = this.#slotOf(hash);
    for (let word = 0; 4 * word < end - start; word++) {
      this.#slots[slot + word] = wordUpTo(text, start + 4 * word, end);
    }
    this.#slots[slot + this.#wordsPerSlot - 1] = ((end - start) << countBits) | count;
  }

  #slotOf(hash: number): number {
    return (hash & this.#slotMask) * this.#wordsPerSlot;
  }
}

/** Four bytes, of which those from `end` on are 0. */
function wordUpTo(text: DataView, at: number, end: number): number {
  const word = text.getInt32(at, true);
  return end - at >= 4 ? word : word & ((1 << (8 * (end - at))) - 1);
}
