import assert from 'node:assert/strict';
import { parseCatalogue } from '../../../src/pricing/parseCatalogue.ts';

const rates = { uncachedInput: '3', output: '15', cacheRead: '0.3', cacheWrite5m: '3.75', cacheWrite1h: '6' };
const card = { from: null, rates, longContext: null, webSearch: '0.01' };
const later = {
  from: '2026-07-01T00:00:00Z',
  rates: { uncachedInput: '1', output: '2' },
  longContext: { aboveTokens: 200_000, rates: { uncachedInput: '2', output: '4' } },
  webSearch: null,
};
const model = {
  id: 'm-1',
  aliases: ['m', 'm-latest'],
  name: 'M 1',
  vendor: 'anthropic',
  contextWindowTokens: 1_000_000,
  origin: 'bundled',
  cards: [card, later],
  factors: { serviceTier: { batch: '1/2' }, speed: { fast: '6/1' }, region: {}, hostRegion: '11/10' },
};

const of = (changes: object) => ({ format: 1, version: 'v', models: [{ ...model, ...changes }] });
const withCard = (changes: object) => of({ cards: [{ ...card, ...changes }] });

const none = { cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };

describe('a catalogue file', () => {
  it('is read whole, rates to the pico-dollar', () => {
    const { version, models } = parseCatalogue(of({}));
    assert.equal(version, 'v');
    const [read] = models;
    assert.ok(read);
    const { cards, factors, ...rest } = read;
    const { cards: _cards, factors: _factors, ...expected } = model;
    assert.deepEqual(rest, expected);
    assert.deepEqual(cards, [
      {
        fromMs: null,
        rates: {
          uncachedInput: 3_000_000n,
          output: 15_000_000n,
          cacheRead: 300_000n,
          cacheWrite5m: 3_750_000n,
          cacheWrite1h: 6_000_000n,
        },
        longContext: null,
        webSearch: 10_000_000_000n,
      },
      {
        fromMs: Date.UTC(2026, 6, 1),
        rates: { uncachedInput: 1_000_000n, output: 2_000_000n, ...none },
        longContext: {
          aboveTokens: 200_000,
          rates: { uncachedInput: 2_000_000n, output: 4_000_000n, ...none },
        },
        webSearch: null,
      },
    ]);
    assert.deepEqual(factors, {
      serviceTier: new Map([['batch', { numerator: 1n, denominator: 2n }]]),
      speed: new Map([['fast', { numerator: 6n, denominator: 1n }]]),
      region: new Map(),
      hostRegion: { numerator: 11n, denominator: 10n },
    });
  });

  it('may leave open how much a model holds, and have factors of many digits', () => {
    const hostRegion = '100/205';
    const [read] = parseCatalogue(
      of({ contextWindowTokens: null, origin: 'override', factors: { ...model.factors, hostRegion } }),
    ).models;
    assert.equal(read?.contextWindowTokens, null);
    assert.equal(read.origin, 'override');
    assert.deepEqual(read.factors?.hostRegion, { numerator: 100n, denominator: 205n });
  });

  const path = 'catalogue.models[0]';
  const faults: readonly (readonly [unknown, string])[] = [
    [null, 'catalogue: no object'],
    [[], 'catalogue: no object'],
    ['x', 'catalogue: no object'],
    [{ ...of({}), format: 2 }, 'catalogue.format: not 1'],
    [{ ...of({}), version: 7 }, 'catalogue.version: no string'],
    [{ ...of({}), models: {} }, 'catalogue.models: no list'],
    [{ ...of({}), currency: 'EUR' }, 'catalogue.currency: not expected'],
    [of({ id: null }), `${path}.id: no string`],
    [of({ aliases: ['a', 1] }), `${path}.aliases[1]: no string`],
    [of({ contextWindowTokens: 0 }), `${path}.contextWindowTokens: no number of tokens`],
    [of({ contextWindowTokens: 0.5 }), `${path}.contextWindowTokens: no number of tokens`],
    [of({ contextWindowTokens: '9' }), `${path}.contextWindowTokens: no number of tokens`],
    [of({ origin: 'guessed' }), `${path}.origin: not override or bundled`],
    [of({ factors: [] }), `${path}.factors: no object`],
    ...['1.1', '0/2', '2/0', '1/2/3', 'a1/2', '1/2b', '-1/2', '1/-2'].map(
      (fraction): readonly [unknown, string] => [
        of({ factors: { ...model.factors, speed: { fast: fraction } } }),
        `${path}.factors.speed.fast: no fraction`,
      ],
    ),
    [of({ cards: [] }), `${path}.cards: not in order of time`],
    [of({ cards: [later] }), `${path}.cards: not in order of time`],
    [of({ cards: [card, card] }), `${path}.cards: not in order of time`],
    [of({ cards: [card, later, later] }), `${path}.cards: not in order of time`],
    ...['2026-10-07', '2026-10-07T00:00:00', '2026-13-07T00:00:00Z', 'x2026-10-07T00:00:00Z'].map(
      (from): readonly [unknown, string] => [withCard({ from }), `${path}.cards[0].from: no instant`],
    ),
    [
      withCard({ rates: { ...rates, video: '1' } }),
      `${path}.cards[0].rates: video is not priced as expected`,
    ],
    [
      withCard({ rates: { output: '1' } }),
      `${path}.cards[0].rates: input or output is not priced as expected`,
    ],
    [
      withCard({ rates: { uncachedInput: '1' } }),
      `${path}.cards[0].rates: input or output is not priced as expected`,
    ],
    [withCard({ rates: { ...rates, output: 15 } }), `${path}.cards[0].rates.output: no string`],
    [
      withCard({ longContext: { aboveTokens: -1, rates } }),
      `${path}.cards[0].longContext.aboveTokens: no number of tokens`,
    ],
    [withCard({ webSearch: 1 }), `${path}.cards[0].webSearch: no string`],
  ];

  for (const [json, message] of faults) {
    it(`is refused as a whole, with the place: ${message} (${JSON.stringify(json)?.length})`, () => {
      assert.throws(() => parseCatalogue(json), { name: 'RangeError', message });
    });
  }
});
