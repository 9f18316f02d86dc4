/** Counts the tokens of pieces: nearly all are tokens themselves or known from before, the rest are merged. */

import type { Barriers } from './barriers.ts';
import { LearnedPieces } from './learned.ts';
import { Merger } from './merge.ts';
import { countMask, countShift, lengthShift, slotWords } from './shortTable.ts';
import { wideCodePointAt, widthOf } from './text.ts';
import { noRank, type Vocabulary } from './vocabulary.ts';
import { hashBytes, hashWords, shortBytes, wordAt, wordMasks } from './words.ts';

/** The bits that no ASCII byte of a word has. */
const notAscii = 0x8080_8080 | 0;

const tinyBytes = 3;

export class PieceCounter {
  readonly #vocabulary: Vocabulary;
  readonly #barriers: Barriers;
  readonly #merger: Merger;
  /** Half a megabyte for names and words, and a quarter for rules and indentation, which come again and again. */
  readonly #learned = new LearnedPieces(2 ** 13, 60);
  readonly #learnedLong = new LearnedPieces(2 ** 10, 252);

  constructor(vocabulary: Vocabulary, barriers: Barriers) {
    this.#vocabulary = vocabulary;
    this.#barriers = barriers;
    this.#merger = new Merger(vocabulary);
  }

  /** How many pieces were too long to be merged whole. Their counts are a few tokens too high. */
  get roughPieces(): number {
    return this.#merger.roughPieces;
  }

  /**
   * The tokens of the `pieces` pieces of a text that follow one another from `from` on, and end at `ends`.
   *
   * The look-up of `ShortTable.countOf` stands in the loop once more, with all that it needs in locals: that makes
   * the whole count a tenth faster.
   */
  count(text: DataView, from: number, ends: Int32Array, pieces: number): number {
    const { slots, shift } = this.#vocabulary.short;
    const slotMask = slots.length - 1;
    let tokens = 0;
    let start = from;
    for (let piece = 0; piece < pieces; piece++) {
      const end = ends[piece] ?? 0;
      const length = end - start;
      if (length > shortBytes) {
        tokens += this.#countLong(text, start, end, false);
        start = end;
        continue;
      }
      const first = text.getInt32(start, true) & (wordMasks[3 * length] ?? 0);
      const second = text.getInt32(start + 4, true) & (wordMasks[3 * length + 1] ?? 0);
      const third = text.getInt32(start + 8, true) & (wordMasks[3 * length + 2] ?? 0);
      let at = (hashWords(first, second, third) >>> shift) * slotWords;
      for (;;) {
        const entry = slots[at + 3] ?? 0;
        const difference =
          ((slots[at] ?? 0) ^ first) |
          ((slots[at + 1] ?? 0) ^ second) |
          ((slots[at + 2] ?? 0) ^ third) |
          ((entry >>> lengthShift) ^ length);
        if (difference === 0) {
          tokens += (entry >>> countShift) & countMask;
          break;
        }
        if (entry === 0) {
          tokens += this.#learnShort(text, start, end, first, second, third);
          break;
        }
        at = (at + slotWords) & slotMask;
      }
      start = end;
    }
    return tokens;
  }

  /** Up to `shortBytes` bytes that are not known. */
  #learnShort(
    text: DataView,
    start: number,
    end: number,
    first: number,
    second: number,
    third: number,
  ): number {
    const length = end - start;
    if (length <= tinyBytes) return this.#countTiny(text, start, end);
    const isAscii = ((first | second | third) & notAscii) === 0;
    const tokens = isAscii
      ? this.#merger.count(text, start, end)
      : this.#countBetweenBarriers(text, start, end);
    this.#vocabulary.short.learn(length, first, second, third, tokens);
    return tokens;
  }

  /** Two or three bytes that are no token: no more than two of them merge, and that is not worth remembering. */
  #countTiny(text: DataView, start: number, end: number): number {
    if (end - start < tinyBytes) return 2;
    const isMerged =
      this.#vocabulary.rankOfPair(text, start) !== noRank ||
      this.#vocabulary.rankOfPair(text, start + 1) !== noRank;
    return isMerged ? 2 : 3;
  }

  /** More than `shortBytes` bytes: a piece, or with `isWhole` what lies between two barriers of one. */
  #countLong(text: DataView, start: number, end: number, isWhole: boolean): number {
    const hash = hashBytes(text, start, end);
    const learned = end - start <= this.#learned.mostBytes ? this.#learned : this.#learnedLong;
    if (end - start > learned.mostBytes) return this.#countUnknown(text, start, end, hash, isWhole);
    const known = learned.get(text, start, end, hash);
    if (known > 0) return known;
    const tokens = this.#countUnknown(text, start, end, hash, isWhole);
    learned.set(text, start, end, hash, tokens);
    return tokens;
  }

  #countUnknown(text: DataView, start: number, end: number, hash: number, isWhole: boolean): number {
    if (this.#vocabulary.rankOfLong(text, start, end, hash) !== noRank) return 1;
    if (isWhole || !isWide(text, start)) return this.#merger.count(text, start, end);
    return this.#countBetweenBarriers(text, start, end);
  }

  #countBetweenBarriers(text: DataView, start: number, end: number): number {
    let tokens = 0;
    let part = start;
    let before = 0;
    for (let at = start; at < end; ) {
      const first = text.getUint8(at);
      const codePoint = first < 0x80 ? first : wideCodePointAt(text, at);
      const isWideBoundary = at > start && (before | codePoint) >= 0x80;
      if (isWideBoundary && this.#barriers.isAt(text, before, at, codePoint)) {
        tokens += this.#countPart(text, part, at);
        part = at;
      }
      before = codePoint;
      at += widthOf(first);
    }
    return (
      tokens + (part === start ? this.#countUnsplit(text, start, end) : this.#countPart(text, part, end))
    );
  }

  #countUnsplit(text: DataView, start: number, end: number): number {
    return end - start > shortBytes
      ? this.#countLong(text, start, end, true)
      : this.#merger.count(text, start, end);
  }

  /** A part of a piece, short or long, token or not. */
  #countPart(text: DataView, start: number, end: number): number {
    const length = end - start;
    if (length > shortBytes) return this.#countLong(text, start, end, true);
    const first = wordAt(text, start, length, 0);
    const second = wordAt(text, start, length, 1);
    const third = wordAt(text, start, length, 2);
    const known = this.#vocabulary.short.countOf(length, first, second, third);
    if (known > 0) return known;
    const tokens = this.#merger.count(text, start, end);
    this.#vocabulary.short.learn(length, first, second, third, tokens);
    return tokens;
  }
}

/** Whether a piece of more than three words has a character that is not ASCII near its start. */
function isWide(text: DataView, start: number): boolean {
  const words = text.getInt32(start, true) | text.getInt32(start + 4, true) | text.getInt32(start + 8, true);
  return (words & notAscii) !== 0;
}
