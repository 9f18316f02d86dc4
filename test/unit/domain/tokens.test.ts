import assert from 'node:assert/strict';
import {
  hasUnknown,
  isTokenCount,
  isTokenSum,
  maxTokensPerResponse,
  maxTokensPerSum,
  noTokens,
  promptTokens,
  totalTokens,
} from '../../../src/domain/tokens.ts';

const counts = {
  uncachedInput: 1,
  cacheRead: 20,
  cacheWrite5m: 300,
  cacheWrite1h: 4_000,
  cacheWriteUnknown: 50_000,
  output: 600_000,
  reasoning: 500_000,
};

describe('token counts', () => {
  it('add up every class once, and reasoning not at all, for it is part of the output', () => {
    assert.equal(totalTokens(counts), 654_321);
    assert.equal(promptTokens(counts), 54_321);
  });

  it('say when a sum is a lower bound', () => {
    assert.equal(hasUnknown(counts), false);
    assert.equal(hasUnknown({ ...counts, cacheRead: null }), true);
    assert.equal(totalTokens({ ...counts, cacheRead: null }), 654_301);
  });

  it('do not become unknown because nothing is told about reasoning', () => {
    assert.equal(hasUnknown(noTokens), false);
  });

  it('are whole, not negative and possible for one response', () => {
    for (const good of [0, 1, maxTokensPerResponse]) assert.ok(isTokenCount(good), String(good));
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, maxTokensPerResponse + 1]) {
      assert.ok(!isTokenCount(bad), String(bad));
    }
  });

  it('of a sum is a whole number from 0 up to what the longest sessions come to', () => {
    for (const good of [0, 1, maxTokensPerResponse + 1, maxTokensPerSum])
      assert.ok(isTokenSum(good), String(good));
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, maxTokensPerSum + 1]) {
      assert.ok(!isTokenSum(bad), String(bad));
    }
  });
});
