import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { figuresOf } from '../../../../src/agents/copilotChat/figures.ts';

describe('what a turn of a chat tells of models', () => {
  const contextOf = (request: Record<string, unknown>) => {
    const figures = figuresOf(request);
    return typeof figures === 'string' ? figures : figures.map(({ contextTokens }) => contextTokens);
  };
  const total = { model: 'a', inputTokens: 300_000, cachedTokens: 100_000, outputTokens: 9 };

  it('is the prompt of the last call with the model that answered most, no larger than all that it was given', () => {
    const other = { ...total, model: 'b', outputTokens: 3 };
    assert.deepEqual(contextOf({ modelTotals: [other, total], promptTokens: 250_000 }), [250_000, undefined]);
    assert.deepEqual(contextOf({ modelTotals: [total], promptTokens: 400_000 }), [300_000]);
    assert.deepEqual(contextOf({ modelTotals: [total], result: { metadata: { promptTokens: 7 } } }), [7]);
  });

  it('is no prompt where none is told, or one that cannot be', () => {
    assert.deepEqual(contextOf({ modelTotals: [total] }), [0]);
    assert.deepEqual(contextOf({ modelTotals: [total], promptTokens: -5 }), [0]);
  });
});
