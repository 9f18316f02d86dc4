import assert from 'node:assert/strict';
import { quantile } from '../../../src/domain/quantile.ts';

describe('a bound from samples', () => {
  it('is one that the next sample keeps to so often, whatever the order', () => {
    assert.equal(quantile([3, 1, 2], 0.5), 2);
    assert.equal(quantile([9, 1, 5, 3, 7, 2, 8, 4, 6], 0.9), 9);
    assert.equal(quantile([30n, 10n, 20n], 0.5), 20n);
  });

  it('is none of too few samples', () => {
    assert.equal(quantile([], 0.5), null);
    assert.equal(quantile([1, 2, 3, 4, 5, 6, 7, 8], 0.9), null);
  });

  it('holds for as many of the next ones as it says', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed / 0x7fffffff;
    };
    let held = 0;
    const tries = 4_000;
    for (let n = 0; n < tries; n++) {
      const samples = Array.from({ length: 19 }, random);
      if (random() <= (quantile(samples, 0.9) ?? -1)) held += 1;
    }
    assert.ok(Math.abs(held / tries - 0.9) < 0.02, String(held / tries));
  });
});
