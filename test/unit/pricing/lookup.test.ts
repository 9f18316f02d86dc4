import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLookup } from '../../../src/pricing/lookup.ts';
import { catalogue } from './bundled.ts';

describe('the lookup of a model', () => {
  const lookup = createLookup(catalogue);
  const idOf = (logged: string) => lookup(logged)?.model.id;

  it('knows every id and alias of the catalogue as exact or as an override', () => {
    for (const model of catalogue.models) {
      const expected = model.origin === 'override' ? 'override' : 'exact';
      for (const name of [model.id, ...model.aliases]) {
        assert.equal(lookup(name)?.model.id, model.id, name);
        assert.equal(lookup(name)?.match, expected, name);
      }
    }
  });

  for (const [logged, id] of [
    ['claude-opus-4-5-20251101', 'claude-opus-4-5'],
    ['claude-haiku-5-5-20261007', 'claude-haiku-5-5'],
    ['anthropic/claude-opus-4.8', 'claude-opus-4-8'],
    ['openrouter/anthropic/claude-sonnet-5.5', 'claude-sonnet-5-5'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
    ['vertex_ai/claude-3-5-sonnet-v2@20241022', 'claude-3-5-sonnet'],
    ['claude-opus-5-5@default', 'claude-opus-5-5'],
    ['claude-opus-4-6[1m]', 'claude-opus-4-6'],
    ['azure/gpt-5.4', 'gpt-5.4'],
    ['gpt-6.1-sol-2026-09-29', 'gpt-6.1-sol'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['GPT-5.4', 'gpt-5.4'],
  ] as const) {
    it(`takes ${logged} for ${id}`, () => {
      assert.equal(lookup(logged)?.match, 'alias');
      assert.equal(idOf(logged), id);
    });
  }

  it('prefers a dated snapshot with a price of its own', () => {
    assert.equal(idOf('gpt-4o-2024-05-13'), 'gpt-4o-2024-05-13');
    assert.equal(idOf('gpt-4o-2024-08-06'), 'gpt-4o');
  });

  it('never takes one version for another', () => {
    for (const name of [
      'claude-sonnet-9',
      'claude-sonnet-5-6',
      'claude-sonnet',
      'gpt-6.3-sol',
      'gpt-5.4-ultra',
    ]) {
      assert.equal(lookup(name), null, name);
    }
    for (const name of ['claude-opus-5', 'claude-fable-5-1', 'claude-sonnet-5'])
      assert.equal(idOf(name), name);
  });

  it('keeps the region of a cloud apart from the name', () => {
    assert.equal(lookup('us.anthropic.claude-opus-5-5')?.isRegional, true);
    assert.equal(lookup('anthropic.claude-opus-5-5')?.isRegional, true);
    assert.equal(lookup('global.anthropic.claude-opus-5-5')?.isRegional, false);
    assert.equal(lookup('claude-opus-5-5')?.isRegional, false);
  });
});
