/** The classes of characters that the patterns of encodings tell apart. */

/**
 * What a character is to a pattern. The order carries meaning: letters come first, then marks, so that one comparison
 * tells a letter, or a letter or mark, from all others. 0 stands for a character that nobody asked about yet.
 */
export const CharacterClass = {
  lower: 1,
  /** Capitals and title case. */
  upper: 2,
  /** Letters without case, and modifiers. */
  caseless: 3,
  mark: 4,
  number: 5,
  lineBreak: 6,
  /** White space but line breaks. */
  space: 7,
  /** Signs, controls, what is unassigned, and halves of pairs. */
  other: 8,
} as const;

const codePoints = 0x110000;

/** Looks classes up by code point, and learns them from the runtime's own Unicode tables as they are asked for. */
export class CharacterClasses {
  readonly #known = new Uint8Array(codePoints);

  of(codePoint: number): number {
    return this.#known[codePoint] || this.#learn(codePoint);
  }

  #learn(codePoint: number): number {
    const found = classify(String.fromCodePoint(codePoint));
    this.#known[codePoint] = found;
    return found;
  }
}

function classify(character: string): number {
  if (/\p{Ll}/u.test(character)) return CharacterClass.lower;
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return CharacterClass.upper;
  if (/\p{L}/u.test(character)) return CharacterClass.caseless;
  if (/[\r\n]/.test(character)) return CharacterClass.lineBreak;
  if (/\s/.test(character)) return CharacterClass.space;
  if (/\p{N}/u.test(character)) return CharacterClass.number;
  if (/\p{M}/u.test(character)) return CharacterClass.mark;
  return CharacterClass.other;
}
