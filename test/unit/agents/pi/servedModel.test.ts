import assert from 'node:assert/strict';
import { modelOf } from '../../../../src/agents/pi/servedModel.ts';

describe('the model of a reply of Pi or OMP', () => {
  it('is the one that was asked where no other is told', () => {
    assert.equal(modelOf({ model: 'claude-opus-4-5' }), 'claude-opus-4-5');
    assert.equal(
      modelOf({ model: 'openrouter/auto', responseModel: '', upstreamModel: null }),
      'openrouter/auto',
    );
    assert.equal(modelOf({}), '');
  });

  it('is the one that a router chose', () => {
    const asked = { model: 'openrouter/auto' };
    const served = 'anthropic/claude-opus-4.5';
    assert.equal(modelOf({ ...asked, responseModel: served }), served);
    assert.equal(modelOf({ ...asked, upstreamModel: served }), served);
    assert.equal(modelOf({ responseModel: served }), served);
    assert.equal(modelOf({ model: 'gpt-5', responseModel: 'gpt-5-mini' }), 'gpt-5-mini');
    assert.equal(modelOf({ model: 'claude-opus-4', responseModel: 'claude-opus-4-5' }), 'claude-opus-4-5');
    assert.equal(modelOf({ model: 'vendor/m', responseModel: '///' }), '///');
  });

  it('is called as it was asked for where only the date was added', () => {
    const pairs = [
      ['anthropic/claude-sonnet-4.5', 'anthropic/claude-4.5-sonnet-20250929'],
      ['claude-opus-4-5', 'claude-opus-4-5-20251101'],
      ['gpt-5', 'gpt-5-2025-08-07'],
      ['x-ai/grok-4', 'grok-4-07-09'],
      ['gpt-5', 'GPT-5'],
    ];
    for (const [model, responseModel] of pairs) assert.equal(modelOf({ model, responseModel }), model);
  });
});
