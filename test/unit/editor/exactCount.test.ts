import assert from 'node:assert/strict';
import { type ExactCount, toVariance } from '../../../src/editor/exact/exactCount.ts';

const model = {
  id: 'claude-sonnet-5-5',
  name: 'Claude Sonnet 5.5',
  vendor: 'Anthropic',
  contextWindowTokens: 1_000_000,
  isExact: false,
};

const count: ExactCount = {
  source: 'anthropic',
  model: 'claude-sonnet-5-5',
  predicted: {
    estimate: { model, tokens: 1_100, errorShare: 0.07 },
    uncalibrated: { tokens: 1_000, scale: 77 },
    projectPath: '/home/ann/app',
  },
  actualTokens: 1_050,
  isFramed: false,
};

describe('what the model’s own tokenizer teaches', () => {
  it('is what it counted beside what was estimated before calibration', () => {
    assert.deepEqual(toVariance(count, 5_000), {
      agent: 'tokenizer',
      id: { response: 'anthropic claude-sonnet-5-5 5000', request: '' },
      model: 'claude-sonnet-5-5',
      atMs: 5_000,
      projectPath: '/home/ann/app',
      kind: 'addition',
      estimatedTokens: 1_000,
      billedTokens: 1_050,
      scale: 77,
    });
  });

  const predicted = count.predicted ?? assert.fail();
  const exact = { ...predicted, estimate: { ...predicted.estimate, model: { ...model, isExact: true } } };
  const silent: readonly (readonly [string, Partial<ExactCount>])[] = [
    ['an extension counted as it likes', { source: 'editor' }],
    ['a frame of unknown size is in the count', { isFramed: true }],
    ['nothing was estimated of the text', { predicted: null }],
    ['the estimate is exact by itself', { predicted: exact }],
  ];
  for (const [why, change] of silent) {
    it(`is nothing where ${why}`, () => assert.equal(toVariance({ ...count, ...change }, 5_000), undefined));
  }
});
