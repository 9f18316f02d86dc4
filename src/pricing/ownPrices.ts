/**
 * Prices that the user gave, by the name of a model as logged or by a pattern of names. Each entry is read by itself
 * and strictly: one that is not understood is told and left out, and takes none of the others with it.
 */

import { parseDollars, parseRatePerMillion } from '../domain/money.ts';
import type { Catalogue, PricedModel, RateCard, RatedClass, Rates } from './catalogue.ts';

/**
 * - `shape`: the entry has neither input and output nor a model whose price it shares
 * - `field`: a field that no price has
 * - `rate`: no dollars from 0 to a million, in steps of a millionth
 * - `tokens`: no number of tokens
 * - `model`: the catalogue has no model of that id
 */
export type PriceFault = 'shape' | 'field' | 'rate' | 'tokens' | 'model';

export interface WrongPrice {
  /** Name or pattern that the entry is for. */
  readonly name: string;
  /** Path of the field at fault; empty for the whole entry. */
  readonly field: string;
  readonly fault: PriceFault;
}

export interface OwnPrice extends Pick<PricedModel, 'cards' | 'factors'> {
  /** A name as logged, or a pattern in which `*` stands for any characters or none. */
  readonly pattern: string;
  /** The price in words, which are kept beside every cost by it: equal words are equal prices. */
  readonly words: string;
}

export interface OwnPrices {
  readonly prices: readonly OwnPrice[];
  readonly wrong: readonly WrongPrice[];
}

export const noOwnPrices: OwnPrices = { prices: [], wrong: [] };

/** The names of the rates in the setting. */
const rateNames = {
  input: 'uncachedInput',
  output: 'output',
  cacheRead: 'cacheRead',
  cacheWrite5m: 'cacheWrite5m',
  cacheWrite1h: 'cacheWrite1h',
} as const satisfies Record<string, RatedClass>;

type RateName = keyof typeof rateNames;
type Fields = Readonly<Record<string, unknown>>;
type Fault = Omit<WrongPrice, 'name'>;

const mostDollars = 1_000_000;
const wordsBegin = 'own ';

/** Whether these words beside a cost name a price of the user's own, and no version of a catalogue. */
export function isOwnPrice(words: string): boolean {
  return words.startsWith(wordsBegin);
}

/** @param json the setting: entries by name or pattern */
export function parseOwnPrices(json: unknown, catalogue: Catalogue): OwnPrices {
  const byId = new Map(catalogue.models.map((model) => [model.id, model]));
  const prices: OwnPrice[] = [];
  const wrong: WrongPrice[] = [];
  for (const [name, entry] of Object.entries(isObject(json) ? json : {})) {
    const price = parsePrice(entry, byId);
    if ('fault' in price) wrong.push({ name, ...price });
    else prices.push({ pattern: name, ...price });
  }
  return { prices, wrong };
}

function parsePrice(
  entry: unknown,
  byId: ReadonlyMap<string, PricedModel>,
): Omit<OwnPrice, 'pattern'> | Fault {
  if (!isObject(entry)) return { field: '', fault: 'shape' };
  return 'sameAs' in entry ? parseSameAs(entry, byId) : parseRates(entry);
}

function parseSameAs(
  entry: Fields,
  byId: ReadonlyMap<string, PricedModel>,
): Omit<OwnPrice, 'pattern'> | Fault {
  const stranger = Object.keys(entry).find((field) => field !== 'sameAs');
  if (stranger !== undefined) return { field: stranger, fault: 'field' };
  const model = typeof entry.sameAs === 'string' ? byId.get(entry.sameAs) : undefined;
  if (model === undefined) return { field: 'sameAs', fault: 'model' };
  return { cards: model.cards, factors: model.factors, words: inWords({ sameAs: model.id }) };
}

/** Rates hold whatever terms a receipt was billed on: who gives them knows what is paid. */
function parseRates(entry: Fields): Omit<OwnPrice, 'pattern'> | Fault {
  const { webSearch, longContext, ...rates } = entry;
  const fault =
    faultOfRates(rates) ?? faultOfDollars(webSearch, 'webSearch') ?? faultOfLongContext(longContext);
  return fault ?? { cards: [toCard(entry)], factors: null, words: inWords(entry) };
}

function faultOfRates(rates: Fields, path = ''): Fault | null {
  const stranger = Object.keys(rates).find((field) => !Object.hasOwn(rateNames, field));
  if (stranger !== undefined) return { field: path + stranger, fault: 'field' };
  if (rates.input === undefined || rates.output === undefined) return { field: path, fault: 'shape' };
  const faults = Object.entries(rates).map(([field, rate]) => faultOfDollars(rate, path + field));
  return faults.find((fault) => fault !== null) ?? null;
}

function faultOfDollars(dollars: unknown, field: string): Fault | null {
  return dollars === undefined || toDecimal(dollars) !== null ? null : { field, fault: 'rate' };
}

function faultOfLongContext(longContext: unknown): Fault | null {
  if (longContext === undefined) return null;
  if (!isObject(longContext)) return { field: 'longContext', fault: 'shape' };
  const { aboveTokens, ...rates } = longContext;
  const isCount = Number.isSafeInteger(aboveTokens) && Number(aboveTokens) > 0;
  return isCount
    ? faultOfRates(rates, 'longContext.')
    : { field: 'longContext.aboveTokens', fault: 'tokens' };
}

/** As the number is written; `null` for what can be no price, such as 0.18000000000000002. */
function toDecimal(dollars: unknown): string | null {
  const text = String(dollars);
  const isPrice = typeof dollars === 'number' && dollars >= 0 && dollars <= mostDollars;
  return isPrice && /^\d+(?:\.\d{1,6})?$/.test(text) ? text : null;
}

function toCard({ webSearch, longContext, ...rates }: Fields): RateCard {
  const isTiered = isObject(longContext);
  const search = toDecimal(webSearch);
  return {
    fromMs: null,
    rates: toRates(rates),
    longContext: isTiered
      ? { aboveTokens: Number(longContext.aboveTokens), rates: toRates(longContext) }
      : null,
    webSearch: search === null ? null : parseDollars(search),
  };
}

function toRates(fields: Fields): Rates {
  const rate = (name: RateName) => {
    const decimal = toDecimal(fields[name]);
    return decimal === null ? null : parseRatePerMillion(decimal);
  };
  const [input, output] = [rate('input'), rate('output')];
  if (input === null || output === null) throw new RangeError('a price that was not looked through');
  return {
    uncachedInput: input,
    output,
    cacheRead: rate('cacheRead'),
    cacheWrite5m: rate('cacheWrite5m'),
    cacheWrite1h: rate('cacheWrite1h'),
  };
}

/** The order in which fields were written makes no other price. */
function inWords(entry: Fields): string {
  const ordered = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.keys(fields)
        .sort()
        .map((name) => [name, isObject(fields[name]) ? ordered(fields[name]) : fields[name]]),
    );
  return wordsBegin + JSON.stringify(ordered(entry));
}

/**
 * Finds the user's own price of a model as logged: by its very name, else by the longest pattern that fits, of equally
 * long ones the first in the alphabet.
 */
export function createOwnLookup(prices: readonly OwnPrice[]): (logged: string) => OwnPrice | null {
  const byName = new Map(prices.map((price) => [price.pattern, price]));
  const patterns = prices
    .filter(({ pattern }) => pattern.includes('*'))
    .sort((a, b) => b.pattern.length - a.pattern.length || (a.pattern < b.pattern ? -1 : 1));
  return (logged) => byName.get(logged) ?? patterns.find(({ pattern }) => fits(pattern, logged)) ?? null;
}

/** Goes through the name once: no pattern takes longer than name and pattern are. */
function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  const end = name.length - last.length;
  if (!name.startsWith(first) || !name.endsWith(last) || end < first.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function isObject(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
