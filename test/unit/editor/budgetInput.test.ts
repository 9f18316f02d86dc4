import assert from 'node:assert/strict';
import { parseBudget } from '../../../src/editor/budget/budgetInput.ts';

describe('parseBudget', () => {
  const amounts: readonly (readonly [string, number])[] = [
    ['5', 5],
    [' 2.50 ', 2.5],
    ['$ 10', 10],
    ['.5', 0.5],
    ['0.000001', 0.000001],
  ];
  for (const [text, dollars] of amounts) {
    it(`reads "${text}"`, () => assert.deepEqual(parseBudget(text), { kind: 'dollars', dollars }));
  }

  it('takes an empty input for no budget', () => assert.deepEqual(parseBudget('  '), { kind: 'none' }));

  for (const text of ['0', '-1', '1,000', '2,50', '1e3', 'five', '1.', '0.0000001', '1000001', '$']) {
    it(`refuses "${text}"`, () => assert.notEqual(parseBudget(text).kind, 'dollars'));
  }
});
