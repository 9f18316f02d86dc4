/** Encodings to count with, and random texts of the kinds that trip tokenizers up. */

import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import gpt2 from 'js-tiktoken/ranks/gpt2';
import o200k from 'js-tiktoken/ranks/o200k_base';
import p50k from 'js-tiktoken/ranks/p50k_base';
import p50kEdit from 'js-tiktoken/ranks/p50k_edit';
import r50k from 'js-tiktoken/ranks/r50k_base';

/** All encodings that `js-tiktoken` ships. */
export const ranks = {
  o200k_base: o200k,
  cl100k_base: cl100k,
  p50k_base: p50k,
  p50k_edit: p50kEdit,
  r50k_base: r50k,
  gpt2,
} as const satisfies Readonly<Record<string, TiktokenBPE>>;

export type RanksName = keyof typeof ranks;

/** Those that differ in more than special tokens, each by its first name. */
export const ranksNames = (Object.keys(ranks) as RanksName[]).filter(
  (name, index, names) => names.findIndex((other) => isSame(ranks[other], ranks[name])) === index,
);

function isSame(a: TiktokenBPE, b: TiktokenBPE): boolean {
  return a.pat_str === b.pat_str && a.bpe_ranks === b.bpe_ranks;
}

/** Set to run what is too long for every day: whole ranges in place of samples, a million edits. */
export const isThorough = process.env.TOKEN_BURN_THOROUGH === '1';

/** Counts a whole text with `js-tiktoken`: what every other way of counting must equal. */
export function fullCounter(name: RanksName): (text: string) => number {
  const tiktoken = new Tiktoken(ranks[name]);
  return (text) => tiktoken.encode(text, [], []).length;
}

/** A generator of random numbers from 0 up to but not including `below`, the same for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const atoms = [
  ...[' ', '  ', '\t', '\n', '\r\n', '\n\n', '\r', '\u00a0', '\u3000', '\ufeff', '\u0085'],
  ...['a', 'the', 'Word', 'CAPS', 'fooBar', 'HTMLParser', "don't", "'s", "'LL", "'re", 'ß', 'é', 'ſ'],
  ...['中', '中文字', 'かな', '한국', 'Привет', 'ǅ', 'ªº', 'मानक'],
  ...['e\u0301', '\u0301', '\u200d', '👩‍👩‍👧', '😀', '\ud83d', '\ude00'],
  ...['0', '7', '12', '345', '67890', '٣', '½', 'Ⅻ'],
  ...['.', ',', '{', '}', '();', '=>', '//', '/', '/**', ' * ', '====', '...', '"', "'", '`', '#', '\0'],
  ...['<|endoftext|>', 'hasOwnProperty', '__proto__', '{\n//', ' \n ', '0x1F', 'a1b2'],
];

export function randomText(random: (below: number) => number, length: number): string {
  return Array.from({ length }, () => atoms[random(atoms.length)]).join('');
}

/** One in so many of the characters that come in blocks of thousands of a kind. */
const sampleOf = 61;
const blocks = /[\p{Cn}\p{Co}\p{Cs}\p{Script=Han}\p{Script=Hangul}]/u;

/** All characters there are, or every day all but the great blocks, of which it is a sample. */
export function charactersToTry(): readonly string[] {
  const characters: string[] = [];
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (isThorough || codePoint % sampleOf === 0 || !blocks.test(character)) characters.push(character);
  }
  return characters;
}

export interface RandomEdit {
  readonly offset: number;
  readonly length: number;
  readonly inserted: string;
}

/** Mostly what typing does; now and then a paste, and a deletion that keeps the text from growing. */
export function randomEdit(random: (below: number) => number, text: string): RandomEdit {
  const offset = random(text.length + 1);
  const most = random(8) === 0 ? 80 + text.length / 8 : 4;
  const length = Math.min(random(4) === 0 ? random(most) : 0, text.length - offset);
  const inserted = randomText(random, random(30) === 0 ? 120 : random(3));
  return { offset, length, inserted };
}
