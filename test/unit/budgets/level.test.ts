import assert from 'node:assert/strict';
import { levelOf } from '../../../src/budgets/level.ts';
import { budget } from './budgets.ts';

describe('the level of a budget', () => {
  const levels: readonly (readonly [number, string])[] = [
    [0, 'within'],
    [799, 'within'],
    [800, 'near'],
    [949, 'near'],
    [950, 'wrapUp'],
    [999, 'wrapUp'],
    [1_000, 'over'],
    [1_001, 'over'],
  ];
  for (const [spent, level] of levels) {
    it(`of 1,000 is ${level} at ${spent}`, () => {
      assert.equal(levelOf(budget(), 1_000n, BigInt(spent)), level);
    });
  }

  it('goes by the percents of the budget', () => {
    const strict = budget({ nearPercent: 10, wrapUpPercent: 20 });
    const found = [99n, 100n, 199n, 200n].map((spent) => levelOf(strict, 1_000n, spent));
    assert.deepEqual(found, ['within', 'near', 'near', 'wrapUp']);
  });

  it('of nothing is over with the first that is spent, and not before', () => {
    const nothing = budget({ limit: 0n });
    assert.deepEqual(
      [0n, 1n].map((spent) => levelOf(nothing, 0n, spent)),
      ['within', 'over'],
    );
  });

  it('goes by the percents of the raise, where the limit was raised', () => {
    const found = [1_000n, 1_079n, 1_080n, 1_094n, 1_095n, 1_099n, 1_100n].map((spent) =>
      levelOf(budget(), 1_100n, spent),
    );
    assert.deepEqual(found, ['within', 'within', 'near', 'near', 'wrapUp', 'wrapUp', 'over']);
  });

  it('of what prices corrected to less than nothing is within', () => {
    assert.equal(levelOf(budget(), 1_000n, -1n), 'within');
  });
});
