import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import { splitterFor } from '../../../src/estimator/engine/patterns.ts';
import { Utf8Text } from '../../../src/estimator/engine/text.ts';
import { charactersToTry, isThorough, randomFrom, randomText, ranks, ranksNames } from './texts.ts';

/** Contexts in which a character can matter: at either end of words, numbers, signs, spaces and lines, and by itself. */
const contexts: readonly ((character: string) => string)[] = [
  (c) => `${c}\n`,
  (c) => `a${c}a A${c}A ${c}a ${c}A ${c}${c}`,
  (c) => `Ab${c}C 'S${c} x'${c}'s`,
  (c) => `1${c}2 .${c}. .${c}\n${c}/`,
  (c) => `  ${c}  \n ${c}\t中${c}B\u0301${c}`,
];

const charactersPerText = 64;
const patterns = new Set(ranksNames.map((name) => ranks[name].pat_str));

for (const pattern of patterns) {
  describe(`splitting by ${pattern}`, () => {
    const regex = new RegExp(pattern, 'gu');
    const splitter = splitterFor(pattern, new CharacterClasses());
    const utf8 = new Utf8Text();
    /** Room for some pieces of a text, and for all. */
    const rooms = [new Int32Array(7), new Int32Array(16_384)];

    function assertSameSplit(text: string): void {
      utf8.set(text);
      for (const ends of rooms) assertSameEnds(text, ends);
    }

    function assertSameEnds(text: string, ends: Int32Array): void {
      const found: number[] = [];
      for (let at = 0; at < utf8.length; at = found.at(-1) ?? utf8.length) {
        const pieces = splitter.split(utf8, at, ends);
        found.push(...ends.subarray(0, pieces));
      }
      let end = 0;
      const expected = Array.from(text.matchAll(regex), ([piece]) => (end += Buffer.byteLength(piece)));
      if (String(found) !== String(expected)) assert.deepEqual(found, expected, JSON.stringify(text));
    }

    it('gives the pieces of the pattern for characters of every kind', () => {
      const characters = charactersToTry();
      for (let first = 0; first < characters.length; first += charactersPerText) {
        const some = characters.slice(first, first + charactersPerText);
        for (const context of contexts) assertSameSplit(some.map(context).join(''));
      }
    }).timeout(isThorough ? 600_000 : 60_000);

    it('gives the pieces of the pattern for all texts of five ASCII characters', () => {
      const characters = ["'", 's', 'a', 'A', '1', ' ', '\t', '\n', '.', '/'];
      for (let number = 0; number < 10 ** 5; number++) {
        const digits = Array.from(String(number).padStart(5, '0'), Number);
        assertSameSplit(digits.map((digit) => characters[digit]).join(''));
      }
    }).timeout(60_000);

    it('gives the pieces of the pattern for any mixture', () => {
      const random = randomFrom(13);
      for (let round = 0; round < 20_000; round++) assertSameSplit(randomText(random, 1 + random(12)));
    }).timeout(60_000);
  });
}

describe('an unknown pattern', () => {
  it('is refused', () => {
    assert.throws(() => splitterFor('\\w+', new CharacterClasses()), /no splitter/);
  });
});
