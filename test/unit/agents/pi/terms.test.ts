import assert from 'node:assert/strict';
import { ompReader } from '../../../../src/agents/pi/piReader.ts';
import type { BillingTerms } from '../../../../src/domain/receipt.ts';
import { lines } from '../../../contract/fixture.ts';
import { readFiles } from '../../../contract/reading.ts';
import { entry, type Fields, header, reply, usage } from '../../../fixtures/pi/records.ts';

const opus = { provider: 'anthropic', model: 'claude-opus-4-6' };
const gpt = { provider: 'openai', api: 'openai-responses', model: 'gpt-5.4' };
const fast = { speed: 'fast' };

describe('terms of OMP', () => {
  it('are the default until a tier is asked for, and again when none is', () => {
    assert.deepEqual(termsOf([opus]), [{}]);
    assert.deepEqual(termsOf([tier({ anthropic: 'priority' }), opus, tier(null), opus]), [fast, {}]);
  });

  it('are of the family that they were asked for', () => {
    assert.deepEqual(termsOf([tier({ anthropic: 'priority' }), gpt, opus]), [{}, fast]);
    assert.deepEqual(termsOf([tier({ openai: 'flex' }), gpt, opus]), [{ serviceTier: 'flex' }, {}]);
    assert.deepEqual(termsOf([tier({ openai: 'priority' }), { ...gpt, provider: 'openai-codex' }]), [
      { serviceTier: 'priority' },
    ]);
  });

  it('are known from the words of older sessions', () => {
    assert.deepEqual(termsOf([tier('priority'), opus, gpt]), [fast, { serviceTier: 'priority' }]);
    assert.deepEqual(termsOf([tier('claude-only'), opus, gpt]), [fast, {}]);
    assert.deepEqual(termsOf([tier('openai-only'), opus, gpt]), [{}, { serviceTier: 'priority' }]);
    assert.deepEqual(termsOf([tier('flex'), opus, gpt]), [{}, { serviceTier: 'flex' }]);
  });

  it('are the default where a tier is not sent', () => {
    for (const name of ['auto', 'default', 'unheard-of']) {
      assert.deepEqual(termsOf([tier({ openai: name, anthropic: name }), gpt, opus]), [{}, {}]);
    }
    const gateways = [
      { ...opus, provider: 'google-vertex' },
      { ...gpt, provider: 'openrouter', model: 'openai/gpt-5.4' },
    ];
    assert.deepEqual(termsOf([tier('priority'), ...gateways]), [{}, {}]);
    const withoutFastMode = ['claude-sonnet-4-5', 'claude-opus-4-5', 'claude-opus-4-20250514'];
    const others = withoutFastMode.map((model) => ({ ...opus, model }));
    assert.deepEqual(termsOf([tier('priority'), ...others]), [{}, {}, {}]);
  });

  it('are the default where the provider would not have the tier', () => {
    const turnedDown = { disabledFeatures: ['priority'] };
    assert.deepEqual(termsOf([tier('priority'), { ...opus, ...turnedDown }, { ...gpt, ...turnedDown }]), [
      {},
      {},
    ]);
  });

  it('are not known of calls beside replies', () => {
    const aside = { type: 'model_usage', ...opus, usage: usage(1, 1) };
    assert.deepEqual(termsOf([tier('priority'), aside]), [{}]);
  });
});

function tier(serviceTier: unknown): Fields {
  return { type: 'service_tier_change', serviceTier };
}

/** Of what replies and other entries bring about, a second after one another. */
function termsOf(records: readonly Fields[]): readonly BillingTerms[] {
  const entries = records.map((record, index) => {
    const time = `10:00:0${index}.000`;
    return record.type === undefined
      ? reply(time, `e${index}`, usage(10, 1), record)
      : entry(time, `e${index}`, String(record.type), record);
  });
  const log = Buffer.from(lines(header('10:00:00.000', 'first'), ...entries));
  return readFiles(ompReader, [['app/first.jsonl', log]])
    .standing()
    .map(({ terms }) => terms);
}
