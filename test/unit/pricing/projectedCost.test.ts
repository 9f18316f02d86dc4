import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pico } from '../../../src/domain/money.ts';
import { createLookup } from '../../../src/pricing/lookup.ts';
import { projectCost } from '../../../src/pricing/projectedCost.ts';
import { catalogue } from './bundled.ts';

describe('the projected cost of a prompt', () => {
  const atMs = Date.parse('2026-11-22T12:00:00Z');
  const project = (id: string, tokens: number) => {
    const model = createLookup(catalogue)(id)?.model;
    assert.ok(model !== undefined);
    return projectCost(model, tokens, atMs);
  };

  it('is the input at the full rate, and at the rate of a cache read', () => {
    assert.deepEqual(project('claude-opus-5-5', 1_000), {
      cold: pico(4_000_000_000),
      warm: pico(200_000_000),
    });
  });

  it('takes the long-context rates for a prompt that is long by itself', () => {
    assert.deepEqual(project('claude-haiku-5-5', 100_001), {
      cold: pico(100_001n * 500_000n),
      warm: pico(100_001n * 50_000n),
    });
  });

  it('has no warm price where the model does not discount the cache', () => {
    assert.deepEqual(project('gpt-5-pro', 1), { cold: pico(15_000_000), warm: null });
  });
});
