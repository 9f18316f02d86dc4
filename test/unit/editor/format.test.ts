import assert from 'node:assert/strict';
import { parseDollars, pico } from '../../../src/domain/money.ts';
import { createFormat } from '../../../src/editor/format.ts';

const english = createFormat('en');
const german = createFormat('de');

describe('Format of tokens', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0'],
    [1234, '1,234'],
    [9999, '9,999'],
    [10_000, '10k'],
    [12_449, '12.4k'],
    [124_000, '124k'],
    [999_900, '1M'],
    [1_234_567, '1.23M'],
    [4_560_000_000, '4.56B'],
  ];
  for (const [count, text] of cases) {
    it(`shows ${count} as ${text}`, () => assert.equal(english.tokens(count), text));
  }

  it('follows the display language', () => {
    assert.equal(german.tokens(1234), '1.234');
    assert.equal(german.tokens(1_234_567), '1,23\u00a0Mio.');
  });

  it('can show every digit', () => assert.equal(english.count(1_234_567), '1,234,567'));
});

describe('Format of dollars', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['0', '$0.00'],
    ['0.000000000001', '<$0.0001'],
    ['0.000099999999', '<$0.0001'],
    ['0.0001', '$0.0001'],
    ['0.0025', '$0.0025'],
    ['0.004124', '$0.00412'],
    ['0.0999999', '$0.10'],
    ['0.2564', '$0.256'],
    ['0.9999', '$1.00'],
    ['1', '$1.00'],
    ['12.3456', '$12.35'],
    ['1234.567', '$1,234.57'],
    ['9999.999', '$10,000.00'],
    ['12345.678', '$12,346'],
    ['123456789012', '$123,456,789,012'],
  ];
  for (const [dollars, text] of cases) {
    it(`shows ${dollars} as ${text}`, () => assert.equal(english.dollars(parseDollars(dollars)), text));
  }

  it('keeps every digit of sums that a float cannot hold', () => {
    assert.equal(english.dollars(pico(9_007_199_254_740_993n * 10n ** 12n)), '$9,007,199,254,740,993');
  });

  it('follows the display language', () => {
    assert.equal(german.dollars(parseDollars('1234.5')), '1.234,50\u00a0$');
  });
});

describe('Format of times', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const cases: readonly (readonly [number, string])[] = [
    [0, 'now'],
    [59, 'now'],
    [60, '1 min. ago'],
    [3599, '59 min. ago'],
    [3600, '1 hr. ago'],
    [86_400, 'yesterday'],
    [29 * 86_400, '29 days ago'],
    [-120, 'in 2 min.'],
  ];
  for (const [seconds, text] of cases) {
    it(`says "${text}" ${seconds} seconds later`, () => {
      assert.equal(english.ago(now - seconds * 1000, now), text);
    });
  }

  it('gives the date of what is long past', () => {
    assert.equal(english.ago(Date.UTC(2026, 5, 1, 12), now), 'Jun 1, 2026');
  });
});

describe('Format of shares', () => {
  it('has two significant digits', () => {
    assert.equal(english.share(0.0244), '2.4%');
    assert.equal(english.share(0.006149), '0.61%');
    assert.equal(english.share(1.7), '170%');
  });
});

describe('Format of lengths of time', () => {
  it('is short to be seen, and whole to be heard', () => {
    assert.equal(english.span(42, 'minute'), '42 min');
    assert.equal(english.span(3, 'hour'), '3 hr');
    assert.equal(english.spokenSpan(1, 'day'), '1 day');
    assert.equal(english.spokenSpan(42, 'minute'), '42 minutes');
    assert.equal(german.spokenSpan(3, 'hour'), '3 Stunden');
  });
});
