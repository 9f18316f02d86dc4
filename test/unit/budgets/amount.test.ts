import assert from 'node:assert/strict';
import { amountOf, isLowerBound } from '../../../src/budgets/amount.ts';
import { pico } from '../../../src/domain/money.ts';
import { noTotals, type Totals } from '../../../src/domain/totals.ts';

const totals: Totals = {
  ...noTotals,
  receipts: 3,
  tokens: { ...noTotals.tokens, uncachedInput: 1, cacheRead: 2, output: 4, reasoning: 3 },
  cost: pico(70),
  reported: { receipts: 3, cost: pico(90), ours: pico(70) },
};
const units = ['list', 'paid', 'plan', 'tokens', 'credits'] as const;

describe('an amount in the unit of a budget', () => {
  it('is the cost at list price, all tokens once, or what the agent reported', () => {
    assert.deepEqual(
      units.map((unit) => amountOf(unit, totals)),
      [70n, 70n, 70n, 7n, 90n],
    );
  });

  const bounds: readonly (readonly [string, Partial<Totals>, readonly boolean[]])[] = [
    ['all is known', {}, [false, false, false, false, false]],
    ['prices are missing', { unpricedReceipts: 1 }, [true, true, true, false, false]],
    ['tokens are missing', { partialReceipts: 1 }, [true, true, true, true, false]],
    ['reports are missing', { receipts: 4 }, [false, false, false, false, true]],
  ];
  for (const [what, facts, expected] of bounds) {
    it(`is a lower bound where ${what}, as far as it goes by them`, () => {
      assert.deepEqual(
        units.map((unit) => isLowerBound(unit, { ...totals, ...facts })),
        expected,
      );
    });
  }
});
