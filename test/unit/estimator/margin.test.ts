import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { errorShareOf, type Margin } from '../../../src/estimator/margin.ts';

const margin: Margin = { familiarShare: 0.08, unfamiliarShare: 0.15, strangeShare: 0.6, chanceShare: 0.3 };

describe('the margin of an estimate', () => {
  it('is what kinds of text differ by, once a text is long', () => {
    const share = errorShareOf(margin, 1e9, 0.08e9);
    assert.ok(share === 0.08 || share === 0.09, `${share}`);
  });

  it('is wider, the shorter a text is', () => {
    const shares = [10, 100, 1_000, 10_000].map((tokens) => errorShareOf(margin, tokens, 0.08 * tokens));
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => b - a),
    );
    assert.equal(shares[1], Math.ceil(100 * Math.hypot(0.08, 0.3 / Math.sqrt(100))) / 100);
  });

  it('is wider, the more of a text is doubtful', () => {
    assert.ok(errorShareOf(margin, 1_000, 600) > errorShareOf(margin, 1_000, 80));
  });

  it('is a number for nothing, too', () => {
    assert.equal(errorShareOf(margin, 0, 0), 0.6);
  });
});
