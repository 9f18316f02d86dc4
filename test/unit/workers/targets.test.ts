import assert from 'node:assert/strict';
import { unknownFamily } from '../../../src/estimator/models.ts';
import { parseOwnPrices } from '../../../src/pricing/ownPrices.ts';
import { createTargets } from '../../../src/workers/targets.ts';
import { catalogue } from '../pricing/bundled.ts';

describe('what text is counted for', () => {
  const own = { 'gpt-5.4': { input: 1, output: 2 }, 'claude-sonnet-9': { sameAs: 'claude-sonnet-5-5' } };
  const targetOf = createTargets(catalogue, parseOwnPrices(own, catalogue).prices);
  const listed = createTargets(catalogue);

  it('has the own price of a model that the catalogue knows, and is the same model', () => {
    const [target, plain] = [targetOf('gpt-5.4'), listed('gpt-5.4')];
    assert.deepEqual({ ...target, priced: plain.priced }, plain);
    assert.equal(target.priced?.cards[0]?.rates.uncachedInput, 1_000_000n);
  });

  it('is not taken for the model whose price it shares', () => {
    const { choice, family, priced } = targetOf('claude-sonnet-9');
    assert.deepEqual([choice.id, choice.vendor, family], ['claude-sonnet-9', '', unknownFamily]);
    assert.ok(priced);
    assert.equal(listed('claude-sonnet-9').priced, null);
  });
});
