import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodingNames } from '../../../src/estimator/encoding.ts';
import { createTiktokenEncoding } from '../../../src/estimator/tiktokenEncoding.ts';
import { fullCounter, ranks } from './texts.ts';

for (const name of encodingNames) {
  describe(`counting with ${name}`, () => {
    const encoding = createTiktokenEncoding(ranks[name]);
    const fullCount = fullCounter(name);

    it('counts nothing in an empty text', () => {
      assert.deepEqual(encoding.count(''), { tokens: 0, isExact: true });
    });

    it('takes what looks like a special token for text', () => {
      const { tokens } = encoding.count('<|endoftext|>');
      assert.ok(tokens > 1);
      assert.equal(tokens, fullCount('<|endoftext|>'));
    });

    it('is exact for long texts of short pieces', () => {
      const text = 'const total = items.reduce((sum, item) => sum + item.cost, 0);\n'.repeat(200);
      assert.deepEqual(encoding.count(text), { tokens: fullCount(text), isExact: true });
    });

    it('is exact for a piece of 256 bytes and not for one of 257', () => {
      assert.deepEqual(encoding.count('x'.repeat(256)), {
        tokens: fullCount('x'.repeat(256)),
        isExact: true,
      });
      assert.equal(encoding.count('x'.repeat(257)).isExact, false);
    });

    for (const [kind, run, share] of [
      ['letters', 'brownquickindexvaluepromise'.repeat(25), 0.1],
      ['Chinese', '同过和出为这中大来'.repeat(30), 0.1],
      ['emoji', '😀🎉'.repeat(80), 0.1],
      ['signs', '=-'.repeat(300), 1],
    ] as const) {
      it(`counts a long run of ${kind} nearly, not too low, and says that it is not exact`, () => {
        const text = `before ${run} after`;
        const { tokens, isExact } = encoding.count(text);
        const expected = fullCount(text);
        assert.equal(isExact, false);
        assert.ok(tokens >= expected && tokens <= (1 + share) * expected, `${tokens} for ${expected}`);
      });
    }

    it('finishes with runs that a full count would take minutes for', () => {
      for (const run of ['a', ' ', '\n', '中', '😀', '\ud83d']) {
        assert.equal(encoding.count(run.repeat(20_000)).isExact, false);
      }
    }).timeout(60_000);
  });
}
