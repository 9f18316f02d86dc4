import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { featureNames } from '../../../src/estimator/engine/featureNames.ts';
import { type ModelChoice, toEstimate } from '../../../src/estimator/estimate.ts';
import { familyOf, offeredModels, unknownFamily } from '../../../src/estimator/models.ts';
import { weights } from '../../../src/estimator/weights.ts';
import { catalogue } from '../pricing/bundled.ts';

describe('the families of models', () => {
  for (const [encoding, ids] of [
    ['o200k_base', ['gpt-6-sol', 'gpt-5.3-codex', 'gpt-4o', 'gpt-4.1', 'o3', 'o4-mini', 'codex-mini']],
    ['cl100k_base', ['gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo']],
  ] as const) {
    it(`count exactly with ${encoding} for OpenAI's models that use it`, () => {
      for (const id of ids) {
        assert.equal(familyOf(id).encoding, encoding, id);
        assert.equal(familyOf(id).weights, null, id);
      }
    });
  }

  for (const [name, ids] of [
    ['claude-3', ['claude-3-5-sonnet', 'claude-sonnet-4-0', 'claude-opus-4-6', 'claude-haiku-4-5']],
    ['claude-4.7', ['claude-opus-4-7', 'claude-opus-4-8', 'claude-sonnet-5', 'claude-haiku-5-5']],
    ['gemma-3', ['gemini-2.5-pro', 'gemini-3.8-flash', 'gemma-2-27b-it']],
    ['deepseek-3', ['deepseek-v3.2']],
    ['tekken', ['mistral-medium-3-5', 'codestral-2508', 'ministral-8b-latest']],
    ['open', ['grok-4.6', 'kimi-k3', 'mixtral-8x7b', 'llama-4-maverick']],
  ] as const) {
    it(`estimate by the weights of ${name} where its vocabulary is the nearest that is known`, () => {
      for (const id of ids) assert.equal(familyOf(id).weights, weights[name], id);
    });
  }

  it('tell the frames of Claude 3, 4.7 and 5 apart', () => {
    const first = (id: string) => familyOf(id).frame?.firstTokens;
    assert.deepEqual(['claude-opus-4-6', 'claude-opus-4-8', 'claude-opus-5'].map(first), [7, 11, 6]);
  });

  it('know what images cost by the size that each model takes', () => {
    const tokens = (id: string) => familyOf(id).imageTokens?.({ width: 4000, height: 3000 });
    assert.deepEqual(
      ['claude-opus-4-6', 'claude-opus-5', 'gpt-4o', 'gemini-2.5-pro', 'gemini-3.8-flash'].map(tokens),
      [1568, 4784, 765, 6192, 1120],
    );
    assert.equal(tokens('kimi-k3'), undefined);
  });

  it('leave the widest margin to models of unknown tokenizers', () => {
    assert.equal(familyOf('somebodys-model'), unknownFamily);
    for (const { margin } of Object.values(weights)) {
      assert.ok(margin.familiarShare <= weights.any.margin.familiarShare);
    }
  });

  it('have a weight for every feature', () => {
    for (const { perFeature } of Object.values(weights)) {
      assert.equal(perFeature.length, featureNames.length);
      assert.ok(perFeature.every(Number.isFinite));
    }
  });

  it('offer only models that the catalogue prices', () => {
    const ids = new Set(catalogue.models.map((model) => model.id));
    assert.deepEqual(
      offeredModels.filter((id) => !ids.has(id)),
      [],
    );
  });
});

describe('an estimate', () => {
  const model: ModelChoice = {
    id: 'm',
    name: 'M',
    vendor: 'V',
    contextWindowTokens: null,
    isExact: false,
  };
  const claude = familyOf('claude-opus-5-5');
  const count = { tokens: 10_000.5, isExact: true };
  const { familiarShare } = weights['claude-4.7'].margin;

  it('is the count in whole tokens, with the margin of its doubts', () => {
    const plain = toEstimate(model, claude, count);
    assert.equal(plain.tokens, 10_001);
    assert.ok(plain.errorShare > familiarShare && plain.errorShare < familiarShare + 0.02);
    const doubtful = toEstimate(model, claude, count, { tokens: 4_000, isExact: true });
    assert.ok(doubtful.errorShare > 0.4);
  });

  it('is exact only where the encoding is the own one and no run was too long', () => {
    const own = familyOf('gpt-6-sol');
    assert.equal(toEstimate(model, own, { tokens: 9, isExact: true }).errorShare, 0);
    assert.equal(toEstimate(model, own, { tokens: 9, isExact: false }).errorShare, 0.1);
  });

  it('is at least as doubtful as a run that was guessed at', () => {
    const share = toEstimate(model, claude, { ...count, isExact: false }).errorShare;
    assert.ok(share >= 0.1);
  });
});
