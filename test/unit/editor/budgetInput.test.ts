import assert from 'node:assert/strict';
import { parseDollars } from '../../../src/domain/money.ts';
import { parseBudget, toLimit } from '../../../src/editor/budget/budgetInput.ts';

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

describe('toLimit', () => {
  it('is the setting in exact money', () => {
    assert.equal(toLimit(2.1), parseDollars('2.10'));
    assert.equal(toLimit(1_000_000), parseDollars('1000000'));
  });

  for (const dollars of [null, 0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e-9, 1e21]) {
    it(`is none for ${dollars}`, () => assert.equal(toLimit(dollars), null));
  }
});
