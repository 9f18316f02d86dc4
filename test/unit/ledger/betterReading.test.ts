import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import { noTokens } from '../../../src/domain/tokens.ts';
import { betterOfTwoLogs, betterReading, type Reading } from '../../../src/ledger/merge.ts';

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

  it('is, of two logs, the larger sum even where a newer reader has the smaller one from a state of before', () => {
    const sum: Reading = { ...base, quality: 'sessionTotal', tokens: { ...base.tokens, output: 90 } };
    const smaller: Reading = { ...sum, reader: 2, tokens: base.tokens };
    const ofTwoLogs = (a: Reading, b: Reading) => {
      assert.equal(betterOfTwoLogs(a, b), betterOfTwoLogs(b, a));
      return betterOfTwoLogs(a, b);
    };
    assert.equal(better(sum, smaller), smaller);
    assert.equal(ofTwoLogs(sum, smaller), sum);
    assert.equal(ofTwoLogs(sum, { ...sum, reader: 2 }).reader, 2);
    assert.equal(ofTwoLogs({ ...smaller, claim: 'copied' }, sum), sum);
    assert.equal(ofTwoLogs({ ...sum, claim: 'copied' }, smaller), smaller);
    assert.equal(ofTwoLogs({ ...sum, quality: 'exact' }, smaller), smaller);
  });
});
