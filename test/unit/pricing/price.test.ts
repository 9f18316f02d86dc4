import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pico } from '../../../src/domain/money.ts';
import { tokenClasses } from '../../../src/domain/tokens.ts';
import { costOf, price } from './bundled.ts';

const micro = 1_000_000n;

describe('the price of a receipt', () => {
  const claudeTurn = {
    uncachedInput: 12_000,
    cacheRead: 180_000,
    cacheWrite5m: 30_000,
    cacheWrite1h: 8_000,
    output: 2_500,
  };

  it('is exact however much was billed, beyond what numbers hold, too', () => {
    for (const count of [1, 9_007_199, 99_999_999, 120_000_001, 599_999_999, 600_479_950, 9_999_999_999]) {
      const tokens = { uncachedInput: count, cacheRead: count - 1, cacheWrite5m: 7, output: count };
      const expected = BigInt(count) * 90_000_000n + BigInt(count - 1) * 1_500_000n + 7n * 18_750_000n;
      assert.equal(costOf('claude-opus-4-1', tokens), expected);
    }
  });

  it('charges for every class of tokens', () => {
    for (const name of tokenClasses) {
      for (const count of [1, 9_999_999_999]) {
        const cost = costOf('claude-opus-5-5', { [name]: count });
        assert.ok(typeof cost === 'bigint' && cost >= BigInt(count), `${count} ${name} cost ${cost}`);
      }
    }
  });

  it('prices each cache class of a Claude turn at its own rate', () => {
    assert.equal(costOf('claude-opus-5-5', claudeTurn), 348_000n * micro);
  });

  it('prices the whole of a long request at the long-context rates', () => {
    assert.equal(costOf('claude-haiku-5-5', claudeTurn), 48_000n * micro);
    assert.equal(costOf('claude-sonnet-4-5', claudeTurn), 557_250n * micro);
  });

  it('puts the factors on the tokens and not on the searches', () => {
    const terms = { region: 'us' };
    assert.equal(costOf('claude-haiku-5-5', claudeTurn, { webSearches: 1, terms }), 62_800n * micro);
    assert.equal(costOf('claude-opus-5-5', claudeTurn, { terms: { speed: 'fast' } }), 696_000n * micro);
    for (const model of ['claude-opus-4-6', 'claude-opus-4-7']) {
      assert.equal(
        costOf(model, { uncachedInput: 1, output: 1 }, { terms: { speed: 'fast' } }),
        180n * micro,
      );
    }
  });

  it('prices OpenAI turns, cached and written tokens counted once', () => {
    const turn = {
      uncachedInput: 30_000,
      cacheRead: 250_000,
      cacheWrite5m: 20_000,
      output: 4_000,
      reasoning: 3_000,
    };
    assert.equal(costOf('gpt-6.1-sol', turn), 330_000n * micro);
    assert.equal(costOf('gpt-6-sol', turn), 380_000n * micro);
    const small = { uncachedInput: 1_000, cacheRead: 5_000, output: 40, reasoning: 30 };
    assert.equal(costOf('gpt-5.4', small), 4_350n * micro);
  });

  for (const [model, threshold, base, long] of [
    ['claude-haiku-5-5', 100_000, 100_000n, 500_000n],
    ['claude-sonnet-4-5', 200_000, 3_000_000n, 6_000_000n],
    ['gpt-5.4', 272_000, 2_500_000n, 5_000_000n],
    ['gpt-6-sol', 272_000, 2_000_000n, 4_000_000n],
  ] as const) {
    it(`leaves ${threshold} prompt tokens of ${model} in the base tier, and one more not`, () => {
      assert.equal(costOf(model, { uncachedInput: threshold }), BigInt(threshold) * base);
      assert.equal(costOf(model, { uncachedInput: threshold + 1 }), BigInt(threshold + 1) * long);
    });
  }

  describe('of a sum over several requests', () => {
    const many = { uncachedInput: 300_000, output: 100 };
    const base = 300_000n * 3_000_000n + 100n * 15_000_000n;

    it('is by the base tier, as no request is known to be long', () => {
      assert.equal(costOf('claude-sonnet-4-5', many, { quality: 'sessionTotal' }), base);
      assert.equal(costOf('claude-sonnet-4-5', many, { circumstances: { turnStartedMs: 5 } }), base);
      assert.notEqual(costOf('claude-sonnet-4-5', many), base);
    });

    it('is by the tier of the last request where the log tells that one', () => {
      const price = (contextTokens: number) =>
        costOf('claude-sonnet-4-5', many, { circumstances: { turnStartedMs: 5, contextTokens } });
      assert.equal(price(200_000), base);
      assert.equal(price(200_001), 300_000n * 6_000_000n + 100n * 22_500_000n);
    });
  });

  it('counts the cached part of a prompt towards the long context', () => {
    const cost = costOf('gpt-5.4', { uncachedInput: 1, cacheRead: 272_000 });
    assert.equal(cost, 5_000_000n + 272_000n * 500_000n);
  });

  it('takes the rate in force when the receipt was logged', () => {
    const at = (atMs: string) => ({ atMs: Date.parse(atMs) });
    const million = { uncachedInput: 1_000_000 };
    assert.equal(costOf('gemini-3.8-flash', million, at('2026-12-31T23:59:59.999Z')), 750_000n * micro);
    assert.equal(costOf('gemini-3.8-flash', million, at('2027-01-01T00:00:00Z')), 1_500_000n * micro);
    assert.equal(costOf('claude-sonnet-5-5', { cacheRead: 1 }, at('2026-10-06T12:00:00Z')), 200_000n);
    assert.equal(costOf('claude-sonnet-5-5', { cacheRead: 1 }, at('2026-10-07T12:00:00Z')), 100_000n);
    const quarter = { uncachedInput: 250_000, output: 1_000 };
    assert.equal(costOf('claude-sonnet-4-6', quarter, at('2026-03-12T12:00:00Z')), 1_522_500n * micro);
    assert.equal(costOf('claude-sonnet-4-6', quarter, at('2026-03-14T12:00:00Z')), 765_000n * micro);
  });

  it('says since when the rate holds and how it was found', () => {
    assert.deepEqual(price('claude-sonnet-5-5', { output: 1 }), {
      kind: 'priced',
      cost: pico(10_000_000),
      match: 'override',
      cardFromMs: Date.parse('2026-10-07T00:00:00Z'),
    });
    assert.deepEqual(price('claude-opus-5-5', { output: 1 }), {
      kind: 'priced',
      cost: pico(20_000_000),
      match: 'exact',
      cardFromMs: null,
    });
  });

  it('bills a cache write of unknown life as one of five minutes', () => {
    assert.equal(costOf('claude-opus-5-5', { cacheWriteUnknown: 10 }), 50_000_000n);
  });

  it('bills what is written to a cache that costs nothing to write as input', () => {
    assert.equal(costOf('gpt-5.4', { cacheWriteUnknown: 10 }), 25_000_000n);
  });

  it('halves batches, and doubles priority where the vendor does', () => {
    const terms = (serviceTier: string) => ({ terms: { serviceTier } });
    assert.equal(costOf('claude-opus-5-5', { output: 1 }, terms('batch')), 10_000_000n);
    assert.equal(costOf('gpt-6-sol', { output: 1 }, terms('flex')), 5_000_000n);
    assert.equal(costOf('gpt-6-sol', { output: 1 }, terms('priority')), 20_000_000n);
    assert.equal(costOf('gpt-5.5', { output: 2 }, terms('priority')), 150_000_000n);
  });

  it('puts the surcharge of a region on the list price of models that have one', () => {
    assert.equal(costOf('eu.anthropic.claude-opus-5-5-v1:0', { output: 1 }), 22_000_000n);
    assert.equal(costOf('global.anthropic.claude-opus-5-5-v1:0', { output: 1 }), 20_000_000n);
    assert.equal(costOf('eu.anthropic.claude-opus-4-1-20250805-v1:0', { output: 1 }), 75_000_000n);
  });
});

describe('a receipt without a price', () => {
  it('has a model that no list knows', () => {
    for (const model of ['', 'claude-sonnet-9', 'claude-sonnet-5-6', 'my-model']) {
      assert.equal(costOf(model, { output: 1 }), 'unknownModel', model);
    }
  });

  it('does not tell its input or its output', () => {
    assert.equal(costOf('claude-opus-5-5', { uncachedInput: null, output: 1 }), 'unknownTokens');
    assert.equal(costOf('claude-opus-5-5', { output: null }), 'unknownTokens');
  });

  it('was billed for a class that the list has no price for', () => {
    assert.equal(costOf('gpt-6-sol', { cacheWrite1h: 1 }), 'unknownRate');
    assert.equal(costOf('gpt-5-pro', { cacheRead: 1 }), 'unknownRate');
    assert.equal(costOf('gemini-2.5-pro', { output: 1 }, { webSearches: 1 }), 'unknownRate');
  });

  it('was billed on terms that are not known for the model', () => {
    for (const terms of [{ serviceTier: 'priority' }, { speed: 'warp' }, { region: 'moon' }]) {
      assert.equal(costOf('claude-opus-5-5', { output: 1 }, { terms }), 'unknownTerms');
    }
    assert.equal(costOf('claude-sonnet-5-5', { output: 1 }, { terms: { speed: 'fast' } }), 'unknownTerms');
  });

  it('is not one whose cache alone is unknown: its cost is a lower bound', () => {
    assert.equal(costOf('claude-opus-5-5', { cacheRead: null, cacheWrite5m: null, output: 1 }), 20_000_000n);
  });
});
