/**
 * Turns the data of the package `@pydantic/genai-prices` into models of our catalogue. Takes the data, not the
 * arithmetic: its prices are floating numbers and its match rules reach over to other versions of a model.
 *
 * The build and the refresh hand the result to `buildCatalogue.ts`.
 */

import type { CardJson, ModelJson, RatesJson } from './catalogueJson.ts';

/** The parts of a provider of `@pydantic/genai-prices` that are read. */
export interface GenaiProvider {
  readonly id: string;
  readonly name: string;
  readonly models: readonly GenaiModel[];
}

export interface GenaiModel {
  readonly id: string;
  readonly name?: string;
  readonly match: GenaiMatch;
  readonly context_window?: number;
  readonly prices: GenaiPrices | readonly GenaiDatedPrices[];
}

export type GenaiMatch =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly or: readonly GenaiMatch[] }
  /** Rules that take more than one name. */
  | { readonly and: unknown }
  | { readonly contains: string }
  | { readonly ends_with: string }
  | { readonly regex: string };

export interface GenaiDatedPrices {
  readonly constraint?: { readonly type: string; readonly start_date?: string };
  readonly prices: GenaiPrices;
}

export type GenaiPrices = Readonly<Record<string, GenaiPrice | undefined>>;
export type GenaiPrice = number | { readonly base: number; readonly tiers: readonly GenaiTier[] };

interface GenaiTier {
  readonly start: number;
  readonly price: number;
}

/** A model of a provider, without the factors that {@link ModelJson} has from `termRules.ts`. */
export type ConvertedModel = Omit<ModelJson, 'factors'>;

export interface Conversion {
  readonly models: readonly ConvertedModel[];
  /** Models without a price that we could keep exactly, with the reason. */
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  /** Prices finer than a pico-dollar a token, which only a floating number's noise makes, and what they became. */
  readonly rounded: readonly { readonly id: string; readonly from: number; readonly to: string }[];
}

/** Converts all models of one provider. */
export function convertProvider(provider: GenaiProvider): Conversion {
  const models: ConvertedModel[] = [];
  const leftOut: { id: string; reason: string }[] = [];
  const rounded: { id: string; from: number; to: string }[] = [];
  for (const model of provider.models) {
    const decimals: Decimals = (from) => {
      const to = toDecimal(from);
      if (Number(to) !== from) rounded.push({ id: model.id, from, to });
      return to;
    };
    const cards = convertCards(model.prices, decimals);
    if (typeof cards === 'string') leftOut.push({ id: model.id, reason: cards });
    else models.push(describe(provider, model, cards));
  }
  return { models, leftOut, rounded };
}

type Decimals = (price: number) => string;

function describe(provider: GenaiProvider, model: GenaiModel, cards: readonly CardJson[]): ConvertedModel {
  const id = model.id.toLowerCase();
  return {
    id,
    aliases: [...new Set(exactNames(model.match))].filter((name) => name !== id),
    name: model.name ?? model.id,
    vendor: provider.name,
    contextWindowTokens: model.context_window ?? null,
    origin: 'bundled',
    cards,
  };
}

/**
 * The names that a match rule takes as they stand. Of "starts with" only the start itself is kept: whatever may
 * follow it can be another version. Dated snapshots are found by `modelNames.ts`.
 */
function exactNames(match: GenaiMatch): string[] {
  if ('or' in match) return match.or.flatMap(exactNames);
  const name = 'equals' in match ? match.equals : 'starts_with' in match ? match.starts_with : '';
  return /[a-z0-9]$/i.test(name) ? [name.toLowerCase()] : [];
}

/** The cards in order of time, or why there are none. */
function convertCards(prices: GenaiModel['prices'], decimals: Decimals): CardJson[] | string {
  const dated = isDated(prices) ? prices : [{ prices }];
  const cards: CardJson[] = [];
  for (const { constraint, prices: card } of dated) {
    const startDate = constraint?.start_date;
    if (constraint !== undefined && startDate === undefined) return `priced by ${constraint.type}`;
    const converted = convertCard(card, startDate === undefined ? null : `${startDate}T00:00:00Z`, decimals);
    if (typeof converted === 'string') return converted;
    cards.push(converted);
  }
  return cards;
}

function isDated(prices: GenaiModel['prices']): prices is readonly GenaiDatedPrices[] {
  return Array.isArray(prices);
}

/** Units of the package that are prices of ours. */
const units = {
  uncachedInput: 'input_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite5m: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  output: 'output_mtok',
} as const;

const searchUnit = 'web_searches_kcount';

/** Units that no agent's log counts, and without which the rest of a card still holds. */
const unusedUnits = ['storage_searches_kcount', 'input_audio_mtok', 'cache_audio_read_mtok'];

const knownUnits = new Set<string>([...Object.values(units), searchUnit, ...unusedUnits]);

function convertCard(prices: GenaiPrices, from: string | null, decimals: Decimals): CardJson | string {
  const stranger = Object.keys(prices).find((unit) => !knownUnits.has(unit));
  if (stranger !== undefined) return `priced by ${stranger}`;
  const starts = new Set(
    Object.values(units).flatMap((unit) => tiersOf(prices[unit]).map(({ start }) => start)),
  );
  if (starts.size > 1) return 'more than one tier';
  const rates = convertRates(prices, (price) => decimals(baseOf(price)));
  if (rates === undefined) return 'no price of input or output';
  const [start] = starts;
  const search = prices[searchUnit];
  return {
    from,
    rates,
    longContext: start === undefined ? null : convertLongContext(prices, start, decimals),
    webSearch: search === undefined ? null : decimals(baseOf(search) / 1000),
  };
}

function convertLongContext(prices: GenaiPrices, start: number, decimals: Decimals): CardJson['longContext'] {
  const rates = convertRates(prices, (price) => decimals(tiersOf(price)[0]?.price ?? baseOf(price)));
  return rates === undefined ? null : { aboveTokens: aboveTokens(start), rates };
}

/** OpenAI's long context begins above 272,000 tokens; the package says 271,999 for some of the models. */
function aboveTokens(start: number): number {
  return start === 271_999 ? 272_000 : start;
}

function convertRates(prices: GenaiPrices, decimal: (price: GenaiPrice) => string): RatesJson | undefined {
  const entries = Object.entries(units).flatMap(([name, unit]) => {
    const price = prices[unit];
    return price === undefined ? [] : [[name, decimal(price)] as const];
  });
  const { uncachedInput, output, ...rest }: Readonly<Record<string, string>> = Object.fromEntries(entries);
  return uncachedInput === undefined || output === undefined ? undefined : { uncachedInput, output, ...rest };
}

function baseOf(price: GenaiPrice): number {
  return typeof price === 'number' ? price : price.base;
}

function tiersOf(price: GenaiPrice | undefined): readonly GenaiTier[] {
  return price === undefined || typeof price === 'number' ? [] : price.tiers;
}

/** At most six decimals, which is one pico-dollar a token. */
function toDecimal(price: number): string {
  return price.toFixed(6).replace(/\.?0+$/, '');
}
