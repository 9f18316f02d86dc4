import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodingNames } from '../../../src/estimator/encoding.ts';
import { isSafeBetween, isSafeCut } from '../../../src/estimator/safeCuts.ts';
import { fullCounter, randomFrom, randomText } from './texts.ts';

describe('a safe cut', () => {
  for (const name of encodingNames) {
    it(`leaves the tokens of ${name} as they are, in any text`, () => {
      const count = fullCounter(name);
      const random = randomFrom(7);
      let cuts = 0;
      for (let round = 0; round < 400; round++) {
        const text = randomText(random, 1 + random(12));
        const whole = count(text);
        for (let at = 1; at < text.length; at++) {
          if (!isSafeCut(text, at)) continue;
          cuts += 1;
          const [left, right] = [text.slice(0, at), text.slice(at)];
          assert.equal(count(left) + count(right), whole, JSON.stringify([left, right]));
        }
      }
      assert.ok(cuts > 1000, `only ${cuts} cuts were tried`);
    }).timeout(60_000);
  }

  it('is found the same way between two texts as within one', () => {
    const random = randomFrom(11);
    for (let round = 0; round < 200; round++) {
      const text = randomText(random, 6);
      for (let at = 1; at < text.length; at++) {
        assert.equal(isSafeBetween(text.slice(0, at), text.slice(at)), isSafeCut(text, at));
      }
    }
  });

  it('is before the space after a word and at the start of an unindented line', () => {
    assert.ok(isSafeCut('word word', 4));
    assert.ok(isSafeCut('a;\nb', 3));
  });

  it('is never inside a character, a contraction, or a comment after a line break', () => {
    for (const [text, at] of [
      ['a😀b', 2],
      ["don't", 3],
      ['{\n//', 2],
    ] as const) {
      assert.ok(!isSafeCut(text, at), text);
    }
  });
});
