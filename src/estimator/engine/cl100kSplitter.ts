/** The pattern of `cl100k_base`, by hand. */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import type { AsciiRules } from './automaton.ts';
import { AutomatonSplitter, type PieceReader } from './automatonSplitter.ts';
import { after, byte, CharacterReader, endOfContraction, type Splitter } from './splitter.ts';
import { ByteClass, endByte } from './text.ts';

const { upper, caseless, number, lineBreak, space, other } = CharacterClass;

const rules: AsciiRules = {
  splitsAtCapitals: false,
  signsEndInSlashes: false,
  contractionsEndWords: false,
};

export function cl100kSplitter(classes: CharacterClasses): Splitter {
  return new AutomatonSplitter(rules, new Cl100kReader(classes));
}

/**
 *     contraction
 *     [^\r\n\p{L}\p{N}]? \p{L}+
 *     \p{N}{1,3}
 *     ' '? [^\s\p{L}\p{N}]+ [\r\n]*
 *     \s*[\r\n]+ | \s+(?!\S) | \s+
 */
class Cl100kReader implements PieceReader {
  readonly byteClasses: Uint8Array;
  readonly #reader: CharacterReader;

  constructor(classes: CharacterClasses) {
    this.#reader = new CharacterReader(classes);
    this.byteClasses = this.#reader.byteClasses;
  }

  /** Long, because every piece of every text comes through here: nearly all end within the loop over ASCII. */
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
    if (found === lineBreak) return reader.endOfLinesOrSpaces(text, start);
    let at = start;
    if (found > caseless) {
      const contraction = endOfContraction(text, start);
      if (contraction > start) return contraction;
      const following = reader.classAt(text, next);
      if (following > caseless) return this.#endOfSignsOrSpaces(text, start, found, following);
      at = next;
    }
    while ((classes[text.getUint8(at)] ?? ByteClass.end) <= upper) at++;
    const stop = text.getUint8(at);
    return stop >= 0x80 && stop !== endByte ? reader.endOfLetters(text, at) : at;
  }

  /** What begins with a sign, mark or space that no letter follows. */
  #endOfSignsOrSpaces(text: DataView, start: number, found: number, following: number): number {
    const isBeforeSign = following === other || following === CharacterClass.mark;
    const isSpaceBeforeSign = text.getUint8(start) === byte.space && isBeforeSign;
    if (found === space && !isSpaceBeforeSign) return this.#reader.endOfLinesOrSpaces(text, start);
    let at = this.#reader.endOfSigns(text, isSpaceBeforeSign ? start + 1 : start);
    for (;;) {
      const stop = text.getUint8(at);
      if (stop !== byte.carriageReturn && stop !== byte.lineFeed) return at;
      at++;
    }
  }
}
