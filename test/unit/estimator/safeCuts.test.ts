import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CharacterClasses } from '../../../src/estimator/characters.ts';
import { encodingNames } from '../../../src/estimator/encoding.ts';
import { SafeCuts } from '../../../src/estimator/safeCuts.ts';
import { fullCounter, randomFrom, randomText } from './texts.ts';

const cuts = new SafeCuts(new CharacterClasses());

describe('a safe cut', () => {
  for (const name of encodingNames) {
    it(`leaves the tokens of ${name} as they are, in any text`, () => {
      const count = fullCounter(name);
      const random = randomFrom(7);
      let tried = 0;
      for (let round = 0; round < 400; round++) {
        const text = randomText(random, 1 + random(12));
        const whole = count(text);
        for (let at = 1; at < text.length; at++) {
          if (!cuts.isSafe(text, at)) continue;
          tried += 1;
          const [left, right] = [text.slice(0, at), text.slice(at)];
          assert.equal(count(left) + count(right), whole, JSON.stringify([left, right]));
        }
      }
      assert.ok(tried > 1000, `only ${tried} cuts were tried`);
    }).timeout(60_000);
  }

  it('is found the same way between two texts as within one', () => {
    const random = randomFrom(11);
    for (let round = 0; round < 200; round++) {
      const text = randomText(random, 6);
      for (let at = 1; at < text.length; at++) {
        assert.equal(cuts.isSafeBetween(text.slice(0, at), text.slice(at)), cuts.isSafe(text, at));
      }
    }
  });

  it('is before the space after a word and at the start of an unindented line', () => {
    assert.ok(cuts.isSafe('word word', 4));
    assert.ok(cuts.isSafe('a;\nb', 3));
  });

  it('is never inside a character, a contraction, or a comment after a line break', () => {
    for (const [text, at] of [
      ['a😀b', 2],
      ["don't", 3],
      ['{\n//', 2],
    ] as const) {
      assert.ok(!cuts.isSafe(text, at), text);
    }
  });
});
