/**
 * What is counted of a piece to estimate what another tokenizer would make of it. All of it is whole numbers, and
 * belongs to one piece: over a safe cut the features of a text add up like its tokens.
 */

import { CharacterClass, type CharacterClasses } from '../characters.ts';
import { featureAt as at, featureNames } from './featureNames.ts';
import { firstDistant, scriptOf, vietnamese } from './scripts.ts';
import { ByteClass, byteClasses, wideCodePointAt, widthOf } from './text.ts';
import { noRank } from './vocabulary.ts';

/** Ranks of `o200k_base` from which a token counts as rarer. */
const rarities = [3_000, 10_000, 30_000, 80_000] as const;

const lineFeed = 0x0a;
const tab = 0x09;
const blank = 0x20;

/** Adds up the features of pieces. */
export class FeatureSum {
  /** By the order of `featureNames`. */
  readonly values = new Int32Array(featureNames.length);
  readonly #classes: CharacterClasses;
  readonly #byteClasses: Uint8Array;

  constructor(classes: CharacterClasses) {
    this.#classes = classes;
    this.#byteClasses = byteClasses(classes);
  }

  clear(): void {
    this.values.fill(0);
  }

  /**
   * Adds the piece from `start` up to but not including `end`.
   *
   * @param tokens what the encoding makes of it
   * @param rank that of the token that it is, or `noRank`
   */
  add(text: DataView, start: number, end: number, tokens: number, rank: number): void {
    const found = this.#classAt(text, start);
    const next = start + widthOf(text.getUint8(start));
    const following = next < end ? this.#classAt(text, next) : ByteClass.end;
    if (found === CharacterClass.number) {
      this.#bump(at.digits1 - 1 + Math.min(3, charactersIn(text, start, end)), 1);
    } else if (found <= CharacterClass.mark) {
      this.#addWord(text, start, end, tokens, rank);
    } else if (following <= CharacterClass.mark) {
      this.#bump(text.getUint8(start) === blank ? at.spacedWord : at.signedWord, 1);
      this.#addWord(text, next, end, tokens, rank);
    } else if (found === CharacterClass.other || following === CharacterClass.other) {
      this.#addSigns(text, start, end, tokens, rank);
    } else {
      this.#addBlanks(text, start, end, tokens);
    }
  }

  #classAt(text: DataView, from: number): number {
    const found = this.#byteClasses[text.getUint8(from)] ?? ByteClass.end;
    return found === ByteClass.lead ? this.#classes.of(wideCodePointAt(text, from)) : found;
  }

  /** @param word where its letters begin, which a space or sign may stand before */
  #addWord(text: DataView, word: number, end: number, tokens: number, rank: number): void {
    let capitals = 0;
    let smalls = 0;
    for (let from = word; from < end; from++) {
      const found = this.#byteClasses[text.getUint8(from)];
      if (found === CharacterClass.upper) capitals += 1;
      else if (found === CharacterClass.lower) smalls += 1;
      else if (found === ByteClass.lead) {
        this.#addWide(text, word, end, tokens);
        return;
      }
    }
    if (capitals > 0) this.#addCapitals(text, word, capitals, smalls);
    this.#addPlain(end - word, tokens, rank);
  }

  #addWide(text: DataView, word: number, end: number, tokens: number): void {
    const highest = highestIn(text, word, end);
    if (highest < firstDistant) {
      this.#bump(at.accentedLetters, charactersIn(text, word, end));
    } else if (highest >= vietnamese.first && highest <= vietnamese.last) {
      this.#bump(at.vietnameseTokens, tokens);
    } else if (scriptOf(highest) === at.strangeTokens) {
      this.#bump(at.strangeTokens, tokens);
    } else {
      this.#addDistant(text, word, end, tokens);
    }
  }

  #addDistant(text: DataView, word: number, end: number, tokens: number): void {
    this.#bump(at.distant, 1);
    this.#bump(at.distantTokens, tokens);
    for (let from = word; from < end; from += widthOf(text.getUint8(from))) {
      this.#bump(scriptOf(codePointAt(text, from)), 1);
    }
  }

  #addCapitals(text: DataView, word: number, capitals: number, smalls: number): void {
    if (capitals > 1 && smalls === 0) {
      this.#bump(at.allCaps, 1);
      this.#bump(at.allCapsLetters, capitals);
      return;
    }
    const isFirstAlone = capitals === 1 && this.#byteClasses[text.getUint8(word)] === CharacterClass.upper;
    this.#bump(at.capitalHalves, isFirstAlone ? 2 : 1);
  }

  #addPlain(letters: number, tokens: number, rank: number): void {
    if (rank === noRank) {
      this.#bump(at.split, 1);
      this.#bump(at.splitTokens, tokens);
      this.#bump(at.splitLetters, letters);
      return;
    }
    const rarity = rarityOf(rank);
    this.#bump(at.plain0 + rarity, 1);
    this.#bump(at.plainLetters0 + rarity, letters);
  }

  #addSigns(text: DataView, start: number, end: number, tokens: number, rank: number): void {
    let wide = 0;
    for (let from = start; from < end; ) {
      const first = text.getUint8(from);
      if (first === lineFeed) this.#bump(at.lineBreaks, 1);
      else if (first === blank) this.#bump(at.signSpaces, 1);
      else if (first < 0x80) this.#bump(at.signAscii, 1);
      else wide += 1;
      from += widthOf(first);
    }
    if (wide > 0) {
      this.#bump(at.wideSigns, wide);
      this.#bump(at.wideSignTokens, tokens);
      return;
    }
    this.#bump(at.signs, 1);
    this.#bump(at.signTokens, tokens);
    if (rank !== noRank) this.#bump(at.sign0 + rarityOf(rank), 1);
  }

  #addBlanks(text: DataView, start: number, end: number, tokens: number): void {
    this.#bump(at.blanks, 1);
    this.#bump(at.blankTokens, tokens);
    this.#bump(at.blankLength, end - start);
    for (let from = start; from < end; from++) {
      const found = text.getUint8(from);
      if (found === lineFeed) this.#bump(at.lineBreaks, 1);
      else if (found === tab) this.#bump(at.tabs, 1);
    }
  }

  #bump(feature: number, by: number): void {
    this.values[feature] = (this.values[feature] ?? 0) + by;
  }
}

function highestIn(text: DataView, start: number, end: number): number {
  let highest = 0;
  for (let from = start; from < end; from += widthOf(text.getUint8(from))) {
    highest = Math.max(highest, codePointAt(text, from));
  }
  return highest;
}

function codePointAt(text: DataView, from: number): number {
  const first = text.getUint8(from);
  return first < 0x80 ? first : wideCodePointAt(text, from);
}

function rarityOf(rank: number): number {
  let rarity = 0;
  while (rarity < rarities.length && rank >= (rarities[rarity] ?? 0)) rarity++;
  return rarity;
}

function charactersIn(text: DataView, start: number, end: number): number {
  let characters = 0;
  for (let from = start; from < end; from += widthOf(text.getUint8(from))) characters += 1;
  return characters;
}
