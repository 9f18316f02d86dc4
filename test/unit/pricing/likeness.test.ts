import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { likeness } from '../../../src/pricing/likeness.ts';
import { catalogue } from './bundled.ts';

describe('the likeness of names', () => {
  const likeliest = (logged: string) =>
    [...catalogue.models].sort((a, b) => likeness(b.id, logged) - likeness(a.id, logged))[0]?.id;

  it('is whole for the same parts in the same order, and none without a common part', () => {
    assert.equal(likeness('openai/GPT-5.4', 'openai gpt 5 4'), 1);
    assert.equal(likeness('gpt-5.4', 'claude'), 0);
    assert.equal(likeness('', 'gpt'), 0);
    assert.equal(likeness('', ''), 0);
  });

  it('is the same both ways', () => {
    assert.equal(likeness('my-gpt-5.4', 'gpt-5.4-mini'), likeness('gpt-5.4-mini', 'my-gpt-5.4'));
  });

  it('finds the neighbour of a version that no list has', () => {
    assert.match(likeliest('claude-sonnet-5-6') ?? '', /^claude-sonnet-5/);
    assert.match(likeliest('gpt-6.3-sol') ?? '', /^gpt-6.*sol$/);
    assert.equal(likeliest('corp-claude-haiku-4-5'), 'claude-haiku-4-5');
  });
});
