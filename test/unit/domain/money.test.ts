import assert from 'node:assert/strict';
import {
  noMoney,
  parseDollars,
  parseRatePerMillion,
  pico,
  scaleMoney,
  toApproximateDollars,
  toDecimalDollars,
} from '../../../src/domain/money.ts';

describe('money', () => {
  it('reads a list price per million tokens as whole pico-dollars a token', () => {
    assert.equal(parseRatePerMillion('0.01'), 10_000n);
    assert.equal(parseRatePerMillion('0.125'), 125_000n);
    assert.equal(parseRatePerMillion('22.5'), 22_500_000n);
    assert.equal(parseRatePerMillion('3'), 3_000_000n);
  });

  it('refuses a rate that is finer than one pico-dollar a token', () => {
    assert.throws(() => parseRatePerMillion('0.0000001'), RangeError);
  });

  it('refuses what is no plain decimal number', () => {
    for (const text of ['', '-1', '+1', '1e3', '.5', '1.', '0x10', '1,5', ' 1', 'NaN']) {
      assert.throws(() => parseDollars(text), RangeError, text);
    }
  });

  it('reads dollars beyond what a floating number holds', () => {
    assert.equal(parseDollars('123456789.000000000001'), 123_456_789_000_000_000_001n);
  });

  it('rounds half to even when shown, in both directions and for both signs', () => {
    const shown = (text: string, places: number) => toDecimalDollars(parseDollars(text), places);
    assert.equal(shown('0.005', 2), '0.00');
    assert.equal(shown('0.015', 2), '0.02');
    assert.equal(shown('0.025', 2), '0.02');
    assert.equal(shown('0.025000000001', 2), '0.03');
    assert.equal(shown('0.999', 2), '1.00');
    assert.equal(toDecimalDollars(pico(-25_000_000_000n), 2), '-0.02');
    assert.equal(toDecimalDollars(pico(-1n), 2), '0.00');
  });

  it('shows all twelve places, and none', () => {
    assert.equal(toDecimalDollars(pico(1n), 12), '0.000000000001');
    assert.equal(toDecimalDollars(parseDollars('2.5'), 0), '2');
    assert.equal(toDecimalDollars(noMoney, 0), '0');
  });

  it('scales by a fraction exactly where it divides, and half to even where not', () => {
    assert.equal(scaleMoney(parseDollars('0.048'), 11n, 10n), parseDollars('0.0528'));
    assert.equal(scaleMoney(pico(1n), 1n, 2n), 0n);
    assert.equal(scaleMoney(pico(3n), 1n, 2n), 2n);
    assert.equal(scaleMoney(pico(-3n), 1n, 2n), -2n);
    assert.equal(scaleMoney(pico(5n), 1n, 3n), 2n);
  });

  it('prices the worked example of a Claude turn with both cache lives to the pico-dollar', () => {
    const rate = parseRatePerMillion;
    const cost =
      12_000n * rate('0.5') +
      180_000n * rate('0.05') +
      30_000n * rate('0.625') +
      8_000n * rate('1') +
      2_500n * rate('2.5');
    assert.equal(cost, parseDollars('0.048'));
  });

  it('gives an approximation for charts', () => {
    assert.equal(toApproximateDollars(parseDollars('12.5')), 12.5);
  });
});
