/** The pattern of `o200k_base`, by hand. */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import type { AsciiRules } from './automaton.ts';
import { AutomatonSplitter, type PieceReader } from './automatonSplitter.ts';
import { after, byte, CharacterReader, endOfContraction, type Splitter } from './splitter.ts';
import { ByteClass, endByte } from './text.ts';

const { lower, upper, caseless, mark, number, lineBreak, space, other } = CharacterClass;

const rules: AsciiRules = {
  splitsAtCapitals: true,
  signsEndInSlashes: true,
  contractionsEndWords: true,
};

export function o200kSplitter(classes: CharacterClasses): Splitter {
  return new AutomatonSplitter(rules, new O200kReader(classes));
}

/**
 * With `X` for capitals, letters without case and marks, `Y` for small letters, letters without case and marks:
 *
 *     [^\r\n\p{L}\p{N}]? X* Y+ contraction?
 *     [^\r\n\p{L}\p{N}]? X+ Y* contraction?
 *     \p{N}{1,3}
 *     ' '? [^\s\p{L}\p{N}]+ [\r\n/]*
 *     \s*[\r\n]+ | \s+(?!\S) | \s+
 */
class O200kReader implements PieceReader {
  readonly byteClasses: Uint8Array;
  readonly #reader: CharacterReader;

  constructor(classes: CharacterClasses) {
    this.#reader = new CharacterReader(classes);
    this.byteClasses = this.#reader.byteClasses;
  }

  /** Long, because every piece of every text comes through here: nearly all end within the loops over ASCII. */
  endOfPiece(text: DataView, start: number): number {
    const reader = this.#reader;
    const classes = reader.byteClasses;
    let found = classes[text.getUint8(start)] ?? ByteClass.end;
    let next = start + 1;
    if (found === ByteClass.lead) {
      found = reader.classAt(text, start);
      next = after(text, start);
    }
    if (found === number) return reader.endOfNumber(text, start, 3);
    let word = start;
    if (found === space || found === other) {
      const following = reader.classAt(text, next);
      if (following > mark) return this.#endOfSignsOrSpaces(text, start, found, following);
      word = next;
    } else if (found === lineBreak) {
      return reader.endOfLinesOrSpaces(text, start);
    }
    let at = word;
    while (classes[text.getUint8(at)] === upper) at++;
    while (classes[text.getUint8(at)] === lower) at++;
    const stop = text.getUint8(at);
    if (stop >= 0x80 && stop !== endByte) at = this.#endOfWord(text, word);
    return stop === byte.apostrophe || stop >= 0x80 ? endOfContraction(text, at) : at;
  }

  /** `X* Y+`, or where that matches nothing `X+ Y*`; `start` is a letter or mark. */
  #endOfWord(text: DataView, start: number): number {
    const reader = this.#reader;
    let at = start;
    let afterLastOfBoth = start;
    let found = reader.classAt(text, at);
    while (found === upper || found === caseless || found === mark) {
      at = after(text, at);
      if (found !== upper) afterLastOfBoth = at;
      found = reader.classAt(text, at);
    }
    // Without a small letter `Y+` gets what is both X and Y: of these the pattern leaves it the last.
    if (found !== lower) return afterLastOfBoth > start ? afterLastOfBoth : at;
    while (found === lower || found === caseless || found === mark) {
      at = after(text, at);
      found = reader.classAt(text, at);
    }
    return at;
  }

  /** What begins with a sign or space that no word follows. */
  #endOfSignsOrSpaces(text: DataView, start: number, found: number, following: number): number {
    const isSpaceBeforeSign = text.getUint8(start) === byte.space && following === other;
    if (found !== other && !isSpaceBeforeSign) return this.#reader.endOfLinesOrSpaces(text, start);
    let at = this.#reader.endOfSigns(text, isSpaceBeforeSign ? start + 1 : start);
    for (;;) {
      const stop = text.getUint8(at);
      if (stop !== byte.carriageReturn && stop !== byte.lineFeed && stop !== byte.slash) return at;
      at++;
    }
  }
}
