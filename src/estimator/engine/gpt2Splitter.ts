/** The pattern of `gpt2` and of the encodings before `cl100k_base`, by hand. */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import { byte, CharacterReader, endOfLowerContraction, type Splitter } from './splitter.ts';
import type { Utf8Text } from './text.ts';

const { caseless, mark, number, other } = CharacterClass;

/** `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+` */
export class Gpt2Splitter implements Splitter {
  readonly cutsAfterLineBreaks = false;
  readonly #reader: CharacterReader;

  constructor(classes: CharacterClasses) {
    this.#reader = new CharacterReader(classes);
  }

  split({ view, length }: Utf8Text, start: number, ends: Int32Array): number {
    let pieces = 0;
    for (let at = start; at < length && pieces < ends.length; pieces++) {
      at = this.#endOfPiece(view, at);
      ends[pieces] = at;
    }
    return pieces;
  }

  #endOfPiece(text: DataView, start: number): number {
    const reader = this.#reader;
    const contraction = endOfLowerContraction(text, start);
    if (contraction > start) return contraction;
    const word = text.getUint8(start) === byte.space ? start + 1 : start;
    const found = reader.classAt(text, word);
    if (found <= caseless) return reader.endOfLetters(text, word);
    if (found === number) return reader.endOfNumber(text, word, Number.POSITIVE_INFINITY);
    const isSign = found === mark || found === other;
    return isSign ? reader.endOfSigns(text, word) : reader.endOfSpaces(text, start);
  }
}
