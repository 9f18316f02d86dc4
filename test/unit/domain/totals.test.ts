import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import { addTotals, allTokens, noTotals, type Totals } from '../../../src/domain/totals.ts';

const some: Totals = {
  receipts: 2,
  tokens: {
    uncachedInput: 1,
    cacheRead: 2,
    cacheWrite5m: 3,
    cacheWrite1h: 4,
    cacheWriteUnknown: 5,
    output: 6,
    reasoning: 5,
  },
  partialReceipts: 1,
  cost: pico(7n),
  unpricedReceipts: 1,
  unpricedTokens: 9,
  roughReceipts: 1,
  wholeSessionReceipts: 2,
  reported: { receipts: 2, cost: pico(3n), ours: pico(4n) },
};

describe('totals', () => {
  it('add up field by field', () => {
    assert.deepEqual(addTotals(some, some), {
      receipts: 4,
      tokens: {
        uncachedInput: 2,
        cacheRead: 4,
        cacheWrite5m: 6,
        cacheWrite1h: 8,
        cacheWriteUnknown: 10,
        output: 12,
        reasoning: 10,
      },
      partialReceipts: 2,
      cost: 14n,
      unpricedReceipts: 2,
      unpricedTokens: 18,
      roughReceipts: 2,
      wholeSessionReceipts: 4,
      reported: { receipts: 4, cost: 6n, ours: 8n },
    });
  });

  it('do not change by adding nothing', () => {
    assert.deepEqual(addTotals(some, noTotals), some);
  });

  it('count each token once, reasoning within the output', () => {
    assert.equal(allTokens(some), 21);
  });
});
