import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import { noTokens } from '../../../src/domain/tokens.ts';
import { betterReading, type Reading } from '../../../src/ledger/merge.ts';

const base: Reading = {
  claim: 'own',
  reader: 1,
  atMs: 1,
  model: 'm',
  tokens: { ...noTokens, uncachedInput: 10, output: 5 },
  webSearches: 0,
  terms: {},
  circumstances: {},
  reportedCost: null,
  quality: 'exact',
};

/** The better of the two, whichever comes first. */
function better(a: Reading, b: Reading): Reading {
  const [there, back] = [betterReading(a, b), betterReading(b, a)];
  assert.equal(there, back);
  return there;
}

describe('the better of two readings', () => {
  it('is the response itself, where a sum stands in its place', () => {
    const sum: Reading = { ...base, quality: 'sessionTotal', tokens: { ...base.tokens, uncachedInput: 900 } };
    assert.equal(better(sum, base), base);
    assert.equal(better(sum, { ...base, tokens: noTokens }).quality, 'exact');
  });

  it('is the later of two sums, which grow', () => {
    const first: Reading = { ...base, quality: 'sessionTotal' };
    const second: Reading = { ...first, tokens: { ...first.tokens, uncachedInput: 20 } };
    assert.equal(better(first, second), second);
  });

  it('is a sum of the newer reader even so', () => {
    const sum: Reading = { ...base, quality: 'sessionTotal', reader: 2 };
    assert.equal(better(sum, base), sum);
  });

  it('is the one that was not rounded, which may be for less', () => {
    const rounded: Reading = { ...base, quality: 'rounded', tokens: { ...base.tokens, output: 6 } };
    assert.equal(better(rounded, base), base);
    assert.equal(better({ ...rounded, reader: 2 }, base).quality, 'rounded');
  });

  it('is the one that knows a cost, among equals', () => {
    const priced = { ...base, reportedCost: pico(7) };
    assert.equal(better(base, priced), priced);
  });
});
