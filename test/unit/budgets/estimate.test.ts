import assert from 'node:assert/strict';
import { estimateOf, standAgainst } from '../../../src/budgets/estimate.ts';
import { suggestFrom } from '../../../src/budgets/suggestion.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => BigInt(n + 1));

describe('the estimate of a session', () => {
  it('is what half of the past sessions came to no more than, and its spread what nine of ten did', () => {
    assert.deepEqual(estimateOf(upTo(39)), { half: 20n, most: 36n, samples: 39 });
  });

  it('is none in the first twenty sessions of a project', () => {
    assert.equal(estimateOf(upTo(19)), null);
    assert.equal(estimateOf(upTo(20))?.samples, 20);
    assert.equal(estimateOf([]), null);
  });

  const estimate = { half: 100n, most: 180n, samples: 20 };
  const steps: readonly (readonly [bigint, string, boolean])[] = [
    [0n, 'within', false],
    [149n, 'within', false],
    [150n, 'noted', false],
    [180n, 'noted', false],
    [181n, 'noted', true],
    [199n, 'noted', true],
    [200n, 'warned', true],
    [249n, 'warned', true],
    [250n, 'asked', true],
    [299n, 'asked', true],
    [300n, 'unknownTrouble', true],
  ];
  for (const [spent, step, isDrift] of steps) {
    it(`of 100 is ${step} at ${spent}${isDrift ? ', out of the usual spread' : ''}`, () => {
      assert.deepEqual(standAgainst(estimate, spent), {
        estimate: 100n,
        usual: 180n,
        samples: 20,
        spent,
        step,
        isDrift,
      });
    });
  }

  it('of nothing has no multiples', () => {
    const nothing = { half: 0n, most: 10n, samples: 20 };
    assert.deepEqual(
      [0n, 50n].map((spent) => standAgainst(nothing, spent).step),
      ['within', 'within'],
    );
  });
});

describe('a suggested limit', () => {
  it('is what nine of ten came to no more than', () => {
    assert.deepEqual(suggestFrom(upTo(19)), { limit: 18n, samples: 19 });
  });

  it('goes by those in which something was spent', () => {
    assert.deepEqual(suggestFrom([...upTo(9), 0n, 0n, 0n]), { limit: 9n, samples: 9 });
  });

  it('is none of too few samples', () => {
    assert.equal(suggestFrom([...upTo(8), 0n]), null);
    assert.equal(suggestFrom([]), null);
  });
});
