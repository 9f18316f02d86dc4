/** The tokens of an encoding: which byte strings are tokens, and in which order they merge. */

import { LongTable } from './longTable.ts';
import { ShortTable } from './shortTable.ts';
import { hashBytes, shortBytes, wordAt } from './words.ts';

/** The rank of what is no token: later than all. */
export const noRank = 0x7fff_ffff;

/** Makes 2^19 slots for the 200,000 tokens of `o200k_base`: a third full, so that most look-ups end where they begin. */
const slotsPerToken = 2;

export class Vocabulary {
  /** Tokens of up to `shortBytes` bytes, with their ranks plus 1. */
  readonly short: ShortTable;
  readonly #long = new LongTable();
  /** Ranks of all pairs of bytes, with which every merge begins. */
  readonly #pairs = new Int32Array(1 << 16).fill(noRank);

  constructor(tokens: number) {
    this.short = new ShortTable(Math.ceil(Math.log2(slotsPerToken * tokens)));
  }

  add(token: DataView, length: number, rank: number): void {
    if (length === 2) this.#pairs[token.getUint16(0)] = rank;
    if (length > shortBytes) {
      this.#long.add(token, length, rank);
      return;
    }
    const first = wordAt(token, 0, length, 0);
    const second = wordAt(token, 0, length, 1);
    const third = wordAt(token, 0, length, 2);
    this.short.addToken(length, first, second, third, rank + 1);
  }

  /** The rank of the token that these bytes are, or `noRank`. */
  rankOf(text: DataView, start: number, end: number): number {
    const length = end - start;
    if (length === 2) return this.rankOfPair(text, start);
    if (length > this.#long.longest) return noRank;
    if (length > shortBytes) return this.rankOfLong(text, start, end, hashBytes(text, start, end));
    const rank = this.short.valueOf(
      length,
      wordAt(text, start, length, 0),
      wordAt(text, start, length, 1),
      wordAt(text, start, length, 2),
    );
    return rank === 0 ? noRank : rank - 1;
  }

  rankOfPair(text: DataView, start: number): number {
    return this.#pairs[text.getUint16(start)] ?? noRank;
  }

  /**
   * The rank of more than `shortBytes` bytes.
   *
   * @param hash what `hashBytes` gives for them
   */
  rankOfLong(text: DataView, start: number, end: number, hash: number): number {
    const rank = this.#long.get(text, start, end, hash);
    return rank < 0 ? noRank : rank;
  }
}
