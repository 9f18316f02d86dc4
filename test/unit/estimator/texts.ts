/** Encodings to count with, and random texts of the kinds that trip tokenizers up. */

import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import type { EncodingName } from '../../../src/estimator/encoding.ts';

export const ranks: Readonly<Record<EncodingName, TiktokenBPE>> = { o200k_base: o200k, cl100k_base: cl100k };

/** Counts a whole text at once: what every other way of counting must equal. */
export function fullCounter(name: EncodingName): (text: string) => number {
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
