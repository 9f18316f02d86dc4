/**
 * Where a text may be cut so that the tokens of the two sides are the tokens of the whole.
 *
 * The patterns of `o200k_base` and `cl100k_base` split a text from left to right, without looking back, and merge
 * within a piece alone. A cut is safe when no alternative of a pattern can match across it, and when none on its left
 * asks for more than "not one more of my kind". That is decided by the two characters at the cut, whatever the text
 * around them is. The table holds for both encodings.
 */

import { CharacterClass, type CharacterClasses } from './characters.ts';

const { lower, upper, caseless, mark, number, lineBreak, space, other } = CharacterClass;
const letters = [lower, upper, caseless];
const apostrophe = 0x27;
const slash = 0x2f;

/** Classes that a cut may have on its right, by the class on its left. */
const safeAfter: readonly (readonly [left: readonly number[], right: readonly number[]])[] = [
  [letters, [space, lineBreak, number, other]],
  [[number], [space, lineBreak, ...letters, mark, other]],
  [[mark], [space, number]],
  [[other], [space, number]],
  [[lineBreak], [...letters, mark, number, other]],
  [[space], []],
];

/** The same as a set of bits for each class on the left. */
const safeBits = new Int32Array(16);
for (const [left, right] of safeAfter) {
  for (const found of left) safeBits[found] = right.reduce((bits, next) => bits | (1 << next), 0);
}

export class SafeCuts {
  readonly #classes: CharacterClasses;

  constructor(classes: CharacterClasses) {
    this.#classes = classes;
  }

  /** Whether `text` may be cut before the UTF-16 code unit at `at`, which is neither its first nor beyond its last. */
  isSafe(text: string, at: number): boolean {
    if (isInsidePair(text, at)) return false;
    const before = this.classBefore(text, at);
    const next = text.codePointAt(at) ?? 0;
    if (((safeBits[before] ?? 0) & (1 << this.#classes.of(next))) === 0) return false;
    // A contraction belongs to its word, and the line breaks after a sign may go on with slashes.
    return !(before <= caseless && next === apostrophe) && !(before === lineBreak && next === slash);
  }

  /** Whether a text that continues `left` with `right` may be cut between them. Neither may be empty. */
  isSafeBetween(left: string, right: string): boolean {
    return this.isSafe(left.slice(-2) + right.slice(0, 2), Math.min(2, left.length));
  }

  /** The class of the character that ends at `at`, which must not be inside a pair. */
  classBefore(text: string, at: number): number {
    const start = isInsidePair(text, at - 1) ? at - 2 : at - 1;
    return this.#classes.of(text.codePointAt(start) ?? 0);
  }
}

/** Whether the code units on both sides of `at` are one character. */
export function isInsidePair(text: string, at: number): boolean {
  return isHighSurrogate(text.charCodeAt(at - 1)) && isLowSurrogate(text.charCodeAt(at));
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
