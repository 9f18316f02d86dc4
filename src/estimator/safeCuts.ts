/**
 * Where a text may be cut so that the tokens of the two sides are the tokens of the whole.
 *
 * The patterns of `o200k_base` and `cl100k_base` split a text from left to right, without looking back, and merge
 * within a piece alone. A cut is safe when no alternative of a pattern can match across it, and when none on its left
 * asks for more than "not one more of my kind". That is decided by the two characters at the cut, whatever the text
 * around them is. The table holds for both encodings.
 */

type CharacterClass = 'letter' | 'mark' | 'number' | 'lineBreak' | 'space' | 'other';

/** Classes that a cut may have on its right, by the class on its left. */
const safeAfter: Readonly<Record<CharacterClass, readonly CharacterClass[]>> = {
  letter: ['space', 'lineBreak', 'number', 'other'],
  number: ['space', 'lineBreak', 'letter', 'mark', 'other'],
  mark: ['space', 'number'],
  other: ['space', 'number'],
  lineBreak: ['letter', 'mark', 'number', 'other'],
  space: [],
};

/** Whether a text that continues `left` with `right` may be cut between them. Neither may be empty. */
export function isSafeBetween(left: string, right: string): boolean {
  return isSafeCut(left.slice(-2) + right.slice(0, 2), Math.min(2, left.length));
}

/** Whether `text` may be cut before the UTF-16 code unit at `at`, which is not its first or beyond its last. */
export function isSafeCut(text: string, at: number): boolean {
  if (isInsidePair(text, at)) return false;
  const before = classify(characterBefore(text, at));
  const next = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (!safeAfter[before].includes(classify(next))) return false;
  // A contraction belongs to its word, and the line breaks after a sign may go on with slashes.
  return !(before === 'letter' && next === "'") && !(before === 'lineBreak' && next === '/');
}

/** Whether the code units on both sides of `at` are one character. */
export function isInsidePair(text: string, at: number): boolean {
  return isHighSurrogate(text.charCodeAt(at - 1)) && isLowSurrogate(text.charCodeAt(at));
}

function characterBefore(text: string, at: number): string {
  return isInsidePair(text, at - 1) ? text.slice(at - 2, at) : text.charAt(at - 1);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function classify(character: string): CharacterClass {
  const code = character.charCodeAt(0);
  return code < asciiClasses.length ? (asciiClasses[code] ?? 'other') : classifyAny(character);
}

function classifyAny(character: string): CharacterClass {
  if (/\p{L}/u.test(character)) return 'letter';
  if (/[\r\n]/.test(character)) return 'lineBreak';
  if (/\s/.test(character)) return 'space';
  if (/\p{N}/u.test(character)) return 'number';
  if (/\p{M}/u.test(character)) return 'mark';
  return 'other';
}

const asciiClasses = Array.from({ length: 128 }, (_, code) => classifyAny(String.fromCharCode(code)));
