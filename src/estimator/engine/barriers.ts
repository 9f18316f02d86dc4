/**
 * Boundaries between characters over which no token reaches, so that a piece can be counted in parts.
 *
 * Tokens merge from tokens: where no token of the vocabulary holds the last bytes of one character next to the first
 * of another, nothing is ever merged across, and what happens on one side does not touch the other. In Chinese or
 * emoji most boundaries are such, and the parts are short enough to be known.
 */

import { wideCodePointAt, widthOf } from './text.ts';

/** 2^20 bits, of which the largest vocabulary sets a fiftieth. One that is met by chance only leaves a part longer. */
const filterBits = 20;

/** Beyond all code points: characters of which a token holds only some bytes. */
const fragment = 0x20_0000;

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

export class Barriers {
  readonly #filter = new Int32Array(1 << (filterBits - 5));

  /** Takes note of the boundaries that a token reaches over. */
  add(token: DataView, length: number): void {
    let before = 0;
    for (let at = 0; at < length; ) {
      const end = endOfCharacter(token, at, length);
      const key = keyOf(token, at, end);
      if (at > 0 && (before | key) >= 0x80) this.#mark(before, key);
      before = key;
      at = end;
    }
  }

  /** Whether no token reaches over the boundary at `at`, between two characters of which one is not ASCII. */
  isAt(text: DataView, before: number, at: number, codePoint: number): boolean {
    const lastByte = fragment | text.getUint8(at - 1);
    const firstByte = fragment | text.getUint8(at);
    return !(
      this.#has(before, codePoint) ||
      this.#has(before, firstByte) ||
      this.#has(lastByte, codePoint) ||
      this.#has(lastByte, firstByte)
    );
  }

  #mark(before: number, after: number): void {
    const bit = bitOf(before, after);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #has(before: number, after: number): boolean {
    const bit = bitOf(before, after);
    return ((this.#filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }
}

function bitOf(before: number, after: number): number {
  const mixed = Math.imul(before, 0x9e3779b1) ^ Math.imul(after, 0x85ebca77);
  return Math.imul(mixed ^ (mixed >>> 15), 0x27d4eb2f) >>> (32 - filterBits);
}

/** Where the character ends that begins at `at` of a token, or the part of one that the token has there. */
function endOfCharacter(token: DataView, at: number, length: number): number {
  const first = token.getUint8(at);
  if (!isContinuation(first)) return Math.min(at + widthOf(first), length);
  let end = at + 1;
  while (end < length && isContinuation(token.getUint8(end))) end++;
  return end;
}

/** The code point; of a first part its first byte, of a last part its last byte, marked as fragments. */
function keyOf(token: DataView, at: number, end: number): number {
  const first = token.getUint8(at);
  if (first < 0x80) return first;
  if (isContinuation(first)) return fragment | token.getUint8(end - 1);
  return end - at === widthOf(first) ? wideCodePointAt(token, at) : fragment | first;
}
