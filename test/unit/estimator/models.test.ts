import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ModelChoice, toEstimate } from '../../../src/estimator/estimate.ts';
import { familyOf, offeredModels, unknownFamily } from '../../../src/estimator/models.ts';
import { catalogue } from '../pricing/bundled.ts';

describe('the families of models', () => {
  for (const [encoding, ids] of [
    ['o200k_base', ['gpt-6-sol', 'gpt-5.3-codex', 'gpt-4o', 'gpt-4.1', 'o3', 'o4-mini', 'codex-mini']],
    ['cl100k_base', ['gpt-4', 'gpt-4-turbo', 'gpt-3.5-turbo']],
  ] as const) {
    it(`count exactly with ${encoding} for OpenAI's models that use it`, () => {
      for (const id of ids) assert.deepEqual(familyOf(id), { encoding, factor: 1, errorShare: 0 }, id);
    });
  }

  it('part Claude at 4.7, where its tokenizer changed', () => {
    const before = ['claude-3-5-sonnet', 'claude-sonnet-4-0', 'claude-opus-4-6', 'claude-haiku-4-5'];
    const since = [
      'claude-opus-4-7',
      'claude-opus-4-8',
      'claude-sonnet-5',
      'claude-haiku-5-5',
      'claude-fable-5-1',
    ];
    for (const id of before) assert.equal(familyOf(id).factor, 1.2, id);
    for (const id of since) assert.equal(familyOf(id).factor, 1.5, id);
  });

  it('leave the widest margin to models of unknown tokenizers', () => {
    assert.equal(familyOf('grok-4.6'), unknownFamily);
    assert.equal(familyOf('kimi-k3'), unknownFamily);
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

  it('is the count times the factor of the family, with its margin', () => {
    assert.deepEqual(toEstimate(model, claude, { tokens: 101, isExact: true }), {
      model,
      tokens: 152,
      errorShare: claude.errorShare,
    });
  });

  it('is exact only where the encoding is the own one and no run was too long', () => {
    const own = familyOf('gpt-6-sol');
    assert.equal(toEstimate(model, own, { tokens: 9, isExact: true }).errorShare, 0);
    assert.equal(toEstimate(model, own, { tokens: 9, isExact: false }).errorShare, 0.1);
    assert.equal(toEstimate(model, claude, { tokens: 9, isExact: false }).errorShare, claude.errorShare);
  });
});
