/** What the hand-written forms of the patterns share. */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import { ByteClass, byteClasses, endByte, type Utf8Text, wideCodePointAt, widthOf } from './text.ts';

/** Splits a text into the pieces that a pattern matches, which together are the whole text. */
export interface Splitter {
  /** Whether `SafeCuts` is right after line breaks: a pattern may join them with the spaces before. */
  readonly cutsAfterLineBreaks: boolean;

  /** Writes where the pieces from `start` on end into `ends`, as many as it holds; returns their number. */
  split(text: Utf8Text, start: number, ends: Int32Array): number;
}

/** Reads a text character by character, and the runs that all patterns know. */
export class CharacterReader {
  /** The class of each byte, for loops over ASCII. */
  readonly byteClasses: Uint8Array;
  readonly #classes: CharacterClasses;

  constructor(classes: CharacterClasses) {
    this.byteClasses = byteClasses(classes);
    this.#classes = classes;
  }

  /** The class of the character at `at`, or `ByteClass.end`. */
  classAt(text: DataView, at: number): number {
    const found = this.byteClasses[text.getUint8(at)] ?? ByteClass.end;
    return found === ByteClass.lead ? this.#classes.of(wideCodePointAt(text, at)) : found;
  }

  /** `[^\s\p{L}\p{N}]*` */
  endOfSigns(text: DataView, start: number): number {
    let at = start;
    for (;;) {
      const found = this.classAt(text, at);
      if (found !== CharacterClass.other && found !== CharacterClass.mark) return at;
      at = after(text, at);
    }
  }

  /** `\p{L}*` */
  endOfLetters(text: DataView, start: number): number {
    let at = start;
    while (this.classAt(text, at) <= CharacterClass.caseless) at = after(text, at);
    return at;
  }

  /** `\p{N}{0,most}` */
  endOfNumber(text: DataView, start: number, most: number): number {
    let at = start;
    for (let left = most; left > 0 && this.classAt(text, at) === CharacterClass.number; left--) {
      at = after(text, at);
    }
    return at;
  }

  /** `\s*[\r\n]+|\s+(?!\S)|\s+`, where `start` is white space. */
  endOfLinesOrSpaces(text: DataView, start: number): number {
    let at = start;
    let lastStart = start;
    let afterBreak = start;
    for (;;) {
      const found = this.classAt(text, at);
      if (found !== CharacterClass.space && found !== CharacterClass.lineBreak) break;
      lastStart = at;
      at = after(text, at);
      if (found === CharacterClass.lineBreak) afterBreak = at;
    }
    return afterBreak > start ? afterBreak : withoutLast(text, start, lastStart, at);
  }

  /** `\s+(?!\S)|\s+`, where `start` is white space. */
  endOfSpaces(text: DataView, start: number): number {
    let at = start;
    let lastStart = start;
    for (;;) {
      const found = this.classAt(text, at);
      if (found !== CharacterClass.space && found !== CharacterClass.lineBreak) break;
      lastStart = at;
      at = after(text, at);
    }
    return withoutLast(text, start, lastStart, at);
  }
}

/** White space leaves its last character to what follows it, unless it has but one or nothing follows. */
function withoutLast(text: DataView, start: number, lastStart: number, end: number): number {
  return lastStart === start || text.getUint8(end) === endByte ? end : lastStart;
}

/** Where the character after the one at `at` begins. */
export function after(text: DataView, at: number): number {
  return at + widthOf(text.getUint8(at));
}

export const byte = {
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  apostrophe: 0x27,
  slash: 0x2f,
} as const;

/** Lower case of an ASCII letter; no other character becomes one. */
const caseBit = 0x20;

/** `(?:'s|'t|'re|'ve|'m|'ll|'d)?` in any case. */
export function endOfContraction(text: DataView, at: number): number {
  return endOfFolded(text, at, caseBit);
}

/** `(?:'s|'t|'re|'ve|'m|'ll|'d)?` */
export function endOfLowerContraction(text: DataView, at: number): number {
  return endOfFolded(text, at, 0);
}

function endOfFolded(text: DataView, at: number, fold: number): number {
  if (text.getUint8(at) !== byte.apostrophe) return at;
  switch (text.getUint8(at + 1) | fold) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return at + 2;
    case 0x72: // r
    case 0x76: // v
      return (text.getUint8(at + 2) | fold) === 0x65 ? at + 3 : at;
    case 0x6c: // l
      return (text.getUint8(at + 2) | fold) === 0x6c ? at + 3 : at;
    default:
      return at;
  }
}
