import assert from 'node:assert/strict';
import { type BudgetUnit, budgetUnits } from '../../../../src/domain/budget.ts';
import { parseDollars } from '../../../../src/domain/money.ts';
import { amountInput, parseAmount, roundUp, toAmount } from '../../../../src/editor/budget/amounts.ts';

describe('an amount that is typed', () => {
  const amounts: readonly (readonly [BudgetUnit, string, number])[] = [
    ['list', '5', 5],
    ['list', ' 2.50 ', 2.5],
    ['paid', '$ 10', 10],
    ['plan', '.5', 0.5],
    ['list', '0.000001', 0.000001],
    ['tokens', '200000', 200_000],
    ['tokens', '200k', 200_000],
    ['tokens', '1.5M', 1_500_000],
    ['tokens', '2b', 2_000_000_000],
    ['credits', '300', 300],
    ['credits', '0.5', 0.5],
    ['planShare', '80', 80],
    ['planShare', '12.5 %', 12.5],
    ['planShare', '100%', 100],
  ];
  for (const [unit, text, number] of amounts) {
    it(`of ${unit} may be "${text}"`, () => assert.equal(parseAmount(text, unit), number));
  }

  const bad = [
    '',
    '0',
    '-1',
    '1,000',
    '2,50',
    '1e3',
    'five',
    '1.',
    '$',
    '%',
    'k',
    '1 000',
    'NaN',
    'Infinity',
  ];
  for (const unit of budgetUnits) {
    it(`of ${unit} is never read from what is no amount`, () => {
      for (const text of bad) assert.equal(parseAmount(text, unit), undefined, text);
    });
  }

  const wrong: readonly (readonly [BudgetUnit, string])[] = [
    ['list', '0.0000001'],
    ['list', '1000001'],
    ['list', '5k'],
    ['list', '5%'],
    ['tokens', '1.5'],
    ['tokens', '0.0001k'],
    ['tokens', '$5'],
    ['credits', '$5'],
    ['planShare', '1001'],
    ['planShare', '0.00001'],
    ['planShare', '$5'],
  ];
  for (const [unit, text] of wrong) {
    it(`of ${unit} cannot be "${text}"`, () => assert.equal(parseAmount(text, unit), undefined));
  }
});

describe('a number of the settings', () => {
  it('is exact in the smallest parts of its unit', () => {
    assert.equal(toAmount(2.1, 'list'), parseDollars('2.10'));
    assert.equal(toAmount(0.000001, 'paid'), parseDollars('0.000001'));
    assert.equal(toAmount(1_000_000, 'plan'), parseDollars('1000000'));
    assert.equal(toAmount(200_000, 'tokens'), 200_000n);
    assert.equal(toAmount(1, 'credits'), 10n ** 10n);
    assert.equal(toAmount(80, 'planShare'), 800_000n);
  });

  const inputs: readonly (readonly [BudgetUnit, number, string])[] = [
    ['list', 4.1, '4.10'],
    ['list', 10, '10'],
    ['list', 0.000001, '0.000001'],
    ['list', 0.123, '0.123'],
    ['tokens', 200_000, '200000'],
    ['credits', 12.5, '12.5'],
    ['planShare', 80, '80'],
  ];
  for (const [unit, number, text] of inputs) {
    it(`of ${unit} is offered as ${text}, which is read as the same`, () => {
      assert.equal(amountInput(toAmount(number, unit), unit), text);
      assert.equal(parseAmount(text, unit), number);
    });
  }

  it('is offered a little higher where it has more digits than can be typed', () => {
    assert.equal(amountInput(parseDollars('4.1000001'), 'list'), '4.100001');
    assert.equal(amountInput(parseDollars('0.000000001'), 'list'), '0.000001');
  });
});

describe('an amount that is rounded', () => {
  const amounts: readonly (readonly [bigint, bigint])[] = [
    [0n, 0n],
    [7n, 7n],
    [999n, 999n],
    [1001n, 1010n],
    [9_999n, 10_000n],
    [parseDollars('4.1037'), parseDollars('4.11')],
    [parseDollars('4.1'), parseDollars('4.10')],
  ];
  for (const [amount, rounded] of amounts) {
    it(`is ${rounded} for ${amount}`, () => assert.equal(roundUp(amount), rounded));
  }
});
