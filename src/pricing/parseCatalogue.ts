/** Reads a catalogue file, and refuses all of it when any part is not understood: a guessed price is a wrong one. */

import { parseDollars, parseRatePerMillion } from '../domain/money.ts';
import {
  type Catalogue,
  type Factor,
  type PricedModel,
  type RateCard,
  type Rates,
  ratedClasses,
  type TermFactors,
} from './catalogue.ts';
import { catalogueFormat } from './catalogueJson.ts';
import { arrayOf, exactly, fields, instant, nullOr, recordOf, text, tokens } from './jsonShape.ts';

/**
 * @param json what `JSON.parse` made of the file
 * @throws RangeError about the first thing that is not as it should be
 */
export function parseCatalogue(json: unknown): Catalogue {
  const { version, models } = fields(json, 'catalogue', {
    format: exactly(catalogueFormat),
    version: text,
    models: arrayOf(parseModel),
  });
  return { version, models };
}

function parseModel(json: unknown, path: string): PricedModel {
  const model = fields(json, path, {
    id: text,
    aliases: arrayOf(text),
    name: text,
    vendor: text,
    contextWindowTokens: nullOr(tokens),
    origin: exactly('override', 'bundled'),
    cards: arrayOf(parseCard),
    factors: parseFactors,
  });
  requireOrder(model.cards, `${path}.cards`);
  return model;
}

function parseCard(json: unknown, path: string): RateCard {
  const { from, ...card } = fields(json, path, {
    from: nullOr(instant),
    rates: parseRates,
    longContext: nullOr(parseLongContext),
    webSearch: nullOr(dollars),
  });
  return { fromMs: from, ...card };
}

function parseLongContext(json: unknown, path: string): { aboveTokens: number; rates: Rates } {
  return fields(json, path, { aboveTokens: tokens, rates: parseRates });
}

function parseRates(json: unknown, path: string): Rates {
  const rates = recordOf(rate)(json, path);
  const stranger = [...rates.keys()].find((name) => !ratedClasses.some((known) => known === name));
  const uncachedInput = rates.get('uncachedInput');
  const output = rates.get('output');
  if (stranger !== undefined || uncachedInput === undefined || output === undefined) {
    throw new RangeError(`${path}: ${stranger ?? 'input or output'} is not priced as expected`);
  }
  return {
    uncachedInput,
    output,
    cacheRead: rates.get('cacheRead') ?? null,
    cacheWrite5m: rates.get('cacheWrite5m') ?? null,
    cacheWrite1h: rates.get('cacheWrite1h') ?? null,
  };
}

function parseFactors(json: unknown, path: string): TermFactors {
  return fields(json, path, {
    serviceTier: recordOf(factor),
    speed: recordOf(factor),
    region: recordOf(factor),
    hostRegion: nullOr(factor),
  });
}

function factor(json: unknown, path: string): Factor {
  const match = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text(json, path));
  if (match?.[1] === undefined || match[2] === undefined) throw new RangeError(`${path}: no fraction`);
  return { numerator: BigInt(match[1]), denominator: BigInt(match[2]) };
}

const rate = (json: unknown, path: string) => parseRatePerMillion(text(json, path));
const dollars = (json: unknown, path: string) => parseDollars(text(json, path));

function requireOrder(cards: readonly RateCard[], path: string): void {
  const isOrdered = cards.every((card, index) => {
    const before = cards[index - 1];
    return before === undefined
      ? card.fromMs === null
      : card.fromMs !== null && card.fromMs > (before.fromMs ?? Number.NEGATIVE_INFINITY);
  });
  if (cards.length === 0 || !isOrdered) throw new RangeError(`${path}: not in order of time`);
}
