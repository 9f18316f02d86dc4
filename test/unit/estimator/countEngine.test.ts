import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createCountEngine } from '../../../src/estimator/engine/countEngine.ts';
import { kindsOfText } from './kindsOfText.ts';
import {
  charactersToTry,
  fullCounter,
  isThorough,
  randomFrom,
  randomText,
  ranks,
  ranksNames,
} from './texts.ts';

const exactly = (tokens: number) => ({ tokens, isExact: true });

for (const name of ranksNames) {
  describe(`counting with ${name}`, () => {
    const engine = createCountEngine(ranks[name]);
    const fullCount = fullCounter(name);

    function assertSame(text: string): void {
      const { tokens, isExact } = engine.count(text);
      const expected = fullCount(text);
      if (tokens !== expected) assert.equal(tokens, expected, JSON.stringify(text.slice(0, 500)));
      assert.ok(isExact);
    }

    it('counts nothing in an empty text', () => {
      assert.deepEqual(engine.count(''), exactly(0));
    });

    it('takes what looks like a special token for text', () => {
      assert.ok(engine.count('<|endoftext|>').tokens > 1);
      assertSame('<|endoftext|>');
    });

    it('equals js-tiktoken for characters of every kind', () => {
      const characters = charactersToTry();
      for (let first = 0; first < characters.length; first += 64) {
        const some = characters.slice(first, first + 64);
        assertSame(some.map((c) => `a${c} ${c}B${c}${c}.`).join(''));
        // Apart from one another, so that a piece is known by nothing but itself.
        assertSame(some.join('\n0'));
      }
    }).timeout(isThorough ? 600_000 : 60_000);

    it('equals js-tiktoken for random mixtures', () => {
      const random = randomFrom(17);
      for (let round = 0; round < (isThorough ? 100_000 : 2_000); round++) {
        assertSame(randomText(random, 1 + random(30)));
      }
    }).timeout(isThorough ? 600_000 : 60_000);

    it('equals js-tiktoken for pieces of every length around the limits of its tables', () => {
      const random = randomFrom(19);
      for (const length of [11, 12, 13, 16, 47, 48, 49, 128, 129, 159, 160, 161, 300]) {
        for (const letters of ['abcdefghijklmnopqrstuvwxyz', 'aab', '=-', ' ', 'éèü', '中文的', '😀🎉']) {
          const characters = [...letters];
          const pick = () => characters[random(characters.length)] ?? '';
          const run = Array.from({ length }, pick).join('');
          assertSame(run);
          assertSame(` ${run.slice(0, length - 1)}\n`);
          // Known from before by now.
          assertSame(`${run} ${run}`);
        }
      }
    }).timeout(60_000);

    for (const [kind, text] of Object.entries(kindsOfText())) {
      it(`equals js-tiktoken for ${kind}, whether it is new or known`, () => {
        assert.ok(text.length > 10_000, `only ${text.length} characters`);
        assertSame(text);
        assertSame(text);
      }).timeout(60_000);
    }

    it('equals js-tiktoken for more words than it has room to learn, and for the first of them again', () => {
      const random = randomFrom(41);
      const letter = () => String.fromCharCode(0x61 + random(26));
      const word = () => Array.from({ length: 4 + random(5) }, letter).join('');
      const words = Array.from({ length: 80_000 }, word);
      assertSame([...words, ...words.slice(0, 1_000)].join(' '));
    }).timeout(60_000);

    it('finishes with runs that js-tiktoken would take minutes for', () => {
      for (const run of ['a', ' ', '\n', '=', '中', '😀', '\ud83d', '7']) {
        const { tokens, isExact } = engine.count(run.repeat(100_000));
        assert.ok(isExact && tokens > 0, run);
      }
    }).timeout(60_000);
  });
}
