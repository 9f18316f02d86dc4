import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLookup } from '../../../src/pricing/lookup.ts';
import {
  createOwnLookup,
  isOwnPrice,
  type OwnPrice,
  parseOwnPrices,
} from '../../../src/pricing/ownPrices.ts';
import { createPricer } from '../../../src/pricing/price.ts';
import { billable, catalogue } from './bundled.ts';

const parse = (json: unknown) => parseOwnPrices(json, catalogue);
const right = { input: 1, output: 2 };

/** Prices receipts with these own prices, in pico-dollars; why there is no price, where there is none. */
function pricer(own: unknown) {
  const { prices, wrong } = parse(own);
  assert.deepEqual(wrong, []);
  const price = createPricer(catalogue, prices);
  return (...receipt: Parameters<typeof billable>) => {
    const priced = price(billable(...receipt));
    return priced.kind === 'priced' ? priced.cost : priced.reason;
  };
}

describe('an own price', () => {
  it('prices each class at its own rate, exactly as it is written', () => {
    const cost = pricer({
      mine: { input: 0.1, output: 0.3, cacheRead: 0.000001, cacheWrite5m: 0.7, cacheWrite1h: 1_000_000 },
    });
    assert.equal(cost('mine', { uncachedInput: 3 }), 300_000n);
    assert.equal(cost('mine', { output: 1 }), 300_000n);
    assert.equal(cost('mine', { cacheRead: 7 }), 7n);
    assert.equal(cost('mine', { cacheWrite5m: 1 }), 700_000n);
    assert.equal(cost('mine', { cacheWriteUnknown: 1 }), 700_000n);
    assert.equal(cost('mine', { cacheWrite1h: 1 }), 1_000_000_000_000n);
  });

  it('has a tier for the whole of a long request', () => {
    const cost = pricer({ mine: { ...right, longContext: { aboveTokens: 10, input: 5, output: 6 } } });
    assert.equal(cost('mine', { uncachedInput: 10, output: 1 }), 12_000_000n);
    assert.equal(cost('mine', { uncachedInput: 11, output: 1 }), 61_000_000n);
  });

  it('lacks what it does not name, and a search has a price of its own', () => {
    const cost = pricer({ mine: right, searching: { ...right, webSearch: 0.01 } });
    assert.equal(cost('mine', { cacheRead: 1 }), 'unknownRate');
    assert.equal(cost('mine', { output: 1 }, { webSearches: 1 }), 'unknownRate');
    assert.equal(cost('searching', { output: 1 }, { webSearches: 2 }), 20_002_000_000n);
  });

  it('may be nothing, which is a price', () => {
    const cost = pricer({ 'local/*': { input: 0, output: 0, cacheRead: 0 } });
    const all = { uncachedInput: 9, cacheRead: 9, cacheWriteUnknown: 9, output: 9 };
    assert.equal(cost('local/llama', all), 0n);
  });

  it('holds on whatever terms and in whatever region', () => {
    const cost = pricer({ 'us.anthropic.claude-opus-5-5': right, mine: right });
    assert.equal(cost('mine', { output: 1 }, { terms: { speed: 'warp', region: 'moon' } }), 2_000_000n);
    assert.equal(cost('us.anthropic.claude-opus-5-5', { output: 1 }), 2_000_000n);
  });

  it('is that of a model of the catalogue with its dates, tiers and terms', () => {
    const cost = pricer({ mine: { sameAs: 'claude-haiku-5-5' }, later: { sameAs: 'gemini-3.8-flash' } });
    assert.equal(cost('mine', { uncachedInput: 100_000 }), 10_000_000_000n);
    assert.equal(cost('mine', { uncachedInput: 100_001 }), 50_000_500_000n);
    assert.equal(cost('mine', { output: 1 }, { terms: { serviceTier: 'batch' } }), 250_000n);
    assert.equal(cost('mine', { output: 1 }, { terms: { speed: 'warp' } }), 'unknownTerms');
    const newYear = { atMs: Date.parse('2027-01-01T00:00:00Z') };
    assert.equal(cost('later', { uncachedInput: 1 }), 750_000n);
    assert.equal(cost('later', { uncachedInput: 1 }, newYear), 1_500_000n);
  });

  it('outranks the catalogue and says so, and changes nothing else about the model', () => {
    const lookup = createLookup(catalogue, parse({ 'gpt-5.4': right, 'no-model': right }).prices);
    const listed = createLookup(catalogue)('gpt-5.4')?.model;
    const found = lookup('gpt-5.4');
    assert.equal(found?.match, 'user');
    assert.deepEqual({ ...found?.model, cards: listed?.cards, factors: listed?.factors }, listed);
    assert.deepEqual([lookup('no-model')?.match, lookup('no-model')?.model.id], ['user', 'no-model']);
    assert.equal(lookup('azure/gpt-5.4')?.match, 'alias');
  });
});

describe('the name of an own price', () => {
  function winner(logged: string, ...patterns: readonly string[]): string | undefined {
    const prices = patterns.map((pattern) => ({ pattern, words: '', cards: [], factors: null }) as OwnPrice);
    const [found, reversed] = [prices, [...prices].reverse()].map((list) => createOwnLookup(list)(logged));
    assert.equal(found, reversed);
    return found?.pattern;
  }

  it('goes before a pattern, and a longer pattern before a shorter one, in whatever order they stand', () => {
    assert.equal(winner('my-model', '*', 'my-model', 'my-mode**l'), 'my-model');
    assert.equal(winner('my-model', '*', 'my-*', 'my-m*'), 'my-m*');
    assert.equal(winner('my-model', 'my-*', '*del'), '*del');
    assert.equal(winner('my-model', 'm*odel', 'my-mo*'), 'm*odel');
  });

  for (const [pattern, fits, fitsNot] of [
    ['*', ['', 'a'], []],
    ['a*', ['a', 'ab'], ['', 'ba', 'A']],
    ['*a', ['a', 'ba'], ['ab']],
    ['a*a', ['aa', 'aba'], ['a', 'ab']],
    ['a*b*c', ['abc', 'a.b.b.c'], ['acb', 'ac', 'abcb']],
    ['*b*', ['b', 'abc'], ['ac']],
    ['a**b', ['ab', 'axb'], ['a']],
    ['a.b', ['a.b'], ['axb', 'a.b ']],
    ['ab*ba', ['abba', 'abXba'], ['aba']],
  ] as const) {
    it(`takes for ${pattern} what it stands for`, () => {
      for (const name of fits) assert.equal(winner(name, pattern), pattern, name);
      for (const name of fitsNot) assert.equal(winner(name, pattern), undefined, name);
    });
  }

  it('may hold many stars and takes no longer for it', () => {
    assert.equal(winner('a'.repeat(20_000), `${'*a'.repeat(5_000)}*b`), undefined);
  });
});

describe('the words of an own price', () => {
  const wordsOf = (entry: unknown) => parse({ mine: entry }).prices[0]?.words;

  it('are those of equal prices, however they are written', () => {
    assert.equal(wordsOf({ output: 2, input: 1.0 }), wordsOf(right));
    assert.notEqual(wordsOf({ ...right, cacheRead: 0 }), wordsOf(right));
    const tier = { aboveTokens: 1, input: 1, output: 2 };
    assert.notEqual(
      wordsOf({ ...right, longContext: tier }),
      wordsOf({ ...right, longContext: { ...tier, input: 2 } }),
    );
  });

  it('are no version of a catalogue', () => {
    assert.ok(isOwnPrice(wordsOf({ sameAs: 'gpt-5.4' }) ?? ''));
    assert.ok(!isOwnPrice(catalogue.version));
  });
});

describe('a wrong own price', () => {
  for (const [entry, field, fault] of [
    [null, '', 'shape'],
    [1.25, '', 'shape'],
    [[1, 2], '', 'shape'],
    [{ input: 1 }, '', 'shape'],
    [{ output: 1 }, '', 'shape'],
    [{ input: '1', output: 2 }, 'input', 'rate'],
    [{ input: -1, output: 2 }, 'input', 'rate'],
    [{ input: Number.NaN, output: 2 }, 'input', 'rate'],
    [{ input: 1_000_001, output: 2 }, 'input', 'rate'],
    [{ input: 0.18000000000000002, output: 2 }, 'input', 'rate'],
    [{ input: 1, output: 1e-7 }, 'output', 'rate'],
    [{ ...right, cacheRead: null }, 'cacheRead', 'rate'],
    [{ ...right, cacheWrite: 1 }, 'cacheWrite', 'field'],
    [{ ...right, webSearch: '1' }, 'webSearch', 'rate'],
    [{ ...right, longContext: true }, 'longContext', 'shape'],
    [{ ...right, longContext: right }, 'longContext.aboveTokens', 'tokens'],
    [{ ...right, longContext: { ...right, aboveTokens: 1.5 } }, 'longContext.aboveTokens', 'tokens'],
    [{ ...right, longContext: { input: 1, aboveTokens: 1 } }, 'longContext.', 'shape'],
    [{ ...right, longContext: { ...right, aboveTokens: 1, output: -1 } }, 'longContext.output', 'rate'],
    [{ sameAs: 'claude-sonnet-9' }, 'sameAs', 'model'],
    [{ sameAs: 5 }, 'sameAs', 'model'],
    [{ sameAs: 'gpt-5.4', input: 1 }, 'input', 'field'],
  ] as const) {
    it(`is told and left out, and no other with it: ${JSON.stringify(entry)}`, () => {
      const { prices, wrong } = parse({ before: right, bad: entry, after: right });
      assert.deepEqual(wrong, [{ name: 'bad', field, fault }]);
      assert.deepEqual(
        prices.map(({ pattern }) => pattern),
        ['before', 'after'],
      );
    });
  }

  it('is not a setting that holds none at all', () => {
    for (const json of [undefined, null, 'x', []]) assert.deepEqual(parse(json), { prices: [], wrong: [] });
  });
});
