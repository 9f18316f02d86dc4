import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { convertProvider, type GenaiModel } from '../../../src/pricing/genaiPrices.ts';
import { overrides } from '../../../src/pricing/overrides.ts';
import { parseCatalogue } from '../../../src/pricing/parseCatalogue.ts';
import { termRules } from '../../../src/pricing/termRules.ts';
import { build, catalogue, providers } from './bundled.ts';

function convert(...models: readonly GenaiModel[]) {
  return convertProvider({ id: 'maker', name: 'Maker', models });
}

describe('the conversion of the bundled package', () => {
  const bundled = providers.flatMap((provider) =>
    provider === undefined ? [] : convertProvider(provider).models,
  );

  it('finds every provider that it asks for', () => {
    assert.ok(providers.every((provider) => provider !== undefined && provider.models.length > 0));
  });

  it('has not caught up with any of our overrides', () => {
    for (const { model } of overrides) {
      const theirs = bundled.find((candidate) => candidate.id === model.id);
      assert.notDeepEqual(theirs?.cards, model.cards, `${model.id}: delete the override`);
    }
  });

  it('rounds the noise of floating numbers away, and says where', () => {
    const { models, rounded } = convert({
      id: 'noisy',
      match: { equals: 'noisy' },
      prices: { input_mtok: 0.18000000000000002, output_mtok: 10 },
    });
    assert.deepEqual(models[0]?.cards[0]?.rates, { uncachedInput: '0.18', output: '10' });
    assert.deepEqual(rounded, [{ id: 'noisy', from: 0.18000000000000002, to: '0.18' }]);
  });

  it('keeps exact names only', () => {
    const [model] = convert({
      id: 'maker-5',
      match: {
        or: [{ equals: 'maker-5-preview' }, { starts_with: 'maker-five' }, { starts_with: 'maker-5-' }],
      },
      prices: { input_mtok: 1, output_mtok: 2 },
    }).models;
    assert.deepEqual(model?.aliases, ['maker-5-preview', 'maker-five']);
  });

  it('moves the threshold of 271,999 to the 272,000 of the price list', () => {
    const tier = (base: number, start: number) => ({ base, tiers: [{ start, price: 2 * base }] });
    const card = (start: number) =>
      convert({
        id: 'tiered',
        match: { contains: 'any' },
        prices: { input_mtok: tier(1, start), output_mtok: tier(3, start), cache_read_mtok: 0.5 },
      }).models[0]?.cards[0]?.longContext;
    const rates = { uncachedInput: '2', output: '6', cacheRead: '0.5' };
    assert.deepEqual(card(271_999), { aboveTokens: 272_000, rates });
    assert.deepEqual(card(200_000), { aboveTokens: 200_000, rates });
  });

  it('leaves out, with the reason, what it could not price rightly', () => {
    const prices = { input_mtok: 1, output_mtok: 1 };
    const { models, leftOut } = convert(
      { id: 'pictures', match: { contains: 'any' }, prices: { ...prices, output_image_mtok: 9 } },
      {
        id: 'nightly',
        match: { contains: 'any' },
        prices: [{ prices }, { constraint: { type: 'time_of_date' }, prices }],
      },
      { id: 'free', match: { contains: 'any' }, prices: {} },
    );
    assert.deepEqual(models, []);
    assert.deepEqual(leftOut, [
      { id: 'pictures', reason: 'priced by output_image_mtok' },
      { id: 'nightly', reason: 'priced by time_of_date' },
      { id: 'free', reason: 'no price of input or output' },
    ]);
  });
});

describe('the catalogue', () => {
  it('gives every name to one model', () => {
    const names = catalogue.models.flatMap((model) => [model.id, ...model.aliases]);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('holds every model that a rule about terms names', () => {
    const vendors = new Map(catalogue.models.map((model) => [model.id, model.vendor]));
    for (const rule of termRules) {
      for (const id of [...(rule.only ?? []), ...(rule.except ?? [])]) {
        assert.equal(vendors.get(id), rule.vendor, id);
      }
    }
  });

  const { catalogue: json } = build;
  const [first] = json.models;
  const withFirst = (change: object) => ({ ...json, models: [{ ...first, ...change }] });

  for (const [fault, broken] of [
    ['another format', { ...json, format: 2 }],
    ['a field too many', { ...json, currency: 'EUR' }],
    ['a field too few', { format: 1, version: 'x' }],
    ['no cards', withFirst({ cards: [] })],
    ['cards out of order', withFirst({ cards: first?.cards.toReversed() })],
    ['an unknown origin', withFirst({ origin: 'guessed' })],
    ['a factor that is no fraction', withFirst({ factors: { ...first?.factors, hostRegion: '1.1' } })],
    ['a window that is no number', withFirst({ contextWindowTokens: '1000000' })],
    [
      'a rate that is a floating number',
      withFirst({ cards: [{ ...first?.cards[0], rates: { uncachedInput: 2, output: 10 } }] }),
    ],
    [
      'a class that nobody bills',
      withFirst({ cards: [{ ...first?.cards[0], rates: { uncachedInput: '2', output: '10', video: '1' } }] }),
    ],
    ['an instant without a zone', withFirst({ cards: [{ ...first?.cards[0], from: '2026-10-07' }] })],
  ] as const) {
    it(`refuses ${fault}`, () => {
      assert.throws(() => parseCatalogue(broken), RangeError);
    });
  }
});
