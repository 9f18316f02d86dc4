/** What a receipt costs at list price, to the pico-dollar, or why that is not known. */

import { noMoney, type Pico, pico, scaleMoney } from '../domain/money.ts';
import type { Circumstances, Receipt } from '../domain/receipt.ts';
import { promptTokens, type TokenCounts } from '../domain/tokens.ts';
import { type Catalogue, cardAt, type Factor, type Rates, ratesFor } from './catalogue.ts';
import { createLookup, type Found, type Match } from './lookup.ts';
import type { OwnPrice } from './ownPrices.ts';

/** The parts of a receipt that its price depends on. */
export interface Billable
  extends Pick<Receipt, 'model' | 'atMs' | 'tokens' | 'webSearches' | 'terms' | 'quality'> {
  readonly circumstances: Pick<Circumstances, 'contextTokens' | 'turnStartedMs'>;
}

export interface Priced {
  readonly kind: 'priced';
  readonly cost: Pico;
  readonly match: Match;
  /** Since when the rate that was used is in force, in milliseconds since 1970 UTC; `null` for "always". */
  readonly cardFromMs: number | null;
}

/**
 * - `unknownModel`: no price list has the model, or the log does not name it
 * - `unknownTokens`: the log does not tell the input or the output
 * - `unknownRate`: something was billed that the model's list has no price for
 * - `unknownTerms`: billed on terms whose effect on the price is not known for this model
 */
export type UnpricedReason = 'unknownModel' | 'unknownTokens' | 'unknownRate' | 'unknownTerms';

export interface Unpriced {
  readonly kind: 'unpriced';
  readonly reason: UnpricedReason;
}

/**
 * Prices a receipt by the list in force at its time. A cache class that the log does not tell adds nothing: the cost
 * is then a lower bound, as the receipt's own counts are. Input or output that the log does not tell leave no price.
 */
export type Pricer = (receipt: Billable) => Priced | Unpriced;

export function createPricer(catalogue: Catalogue, own: readonly OwnPrice[] = []): Pricer {
  const lookup = createLookup(catalogue, own);
  return (receipt) => {
    const found = lookup(receipt.model);
    return found === null ? unpriced('unknownModel') : price(receipt, found);
  };
}

/**
 * The tokens of the prompt that chooses the tier: a provider looks at each request by itself. Of requests that a receipt
 * is the sum of, it is the prompt of the last, where the log tells that, and otherwise none.
 */
export function tierPromptTokens({ tokens, quality, circumstances }: Billable): number {
  const isSum = quality === 'sessionTotal' || circumstances.turnStartedMs !== undefined;
  return circumstances.contextTokens ?? (isSum ? 0 : promptTokens(tokens));
}

function price(receipt: Billable, found: Found): Priced | Unpriced {
  const { tokens, webSearches } = receipt;
  const card = cardAt(found.model, receipt.atMs);
  if (card === undefined) return unpriced('unknownRate');
  if (tokens.uncachedInput === null || tokens.output === null) return unpriced('unknownTokens');
  const listPrice = priceTokens(tokens, ratesFor(card, tierPromptTokens(receipt)));
  const searches = priceOf(webSearches, card.webSearch);
  if (listPrice === null || searches === null) return unpriced('unknownRate');
  const factors = factorsOn(receipt, found);
  if (factors === null) return unpriced('unknownTerms');
  const scaled = scale(listPrice, factors);
  const cost = searches === noMoney ? scaled : pico(scaled + searches);
  return { kind: 'priced', cost, match: found.match, cardFromMs: card.fromMs };
}

function unpriced(reason: UnpricedReason): Unpriced {
  return { kind: 'unpriced', reason };
}

/** `null` when tokens of some class were billed that the rates do not have. */
function priceTokens(tokens: TokenCounts, rates: Rates): Pico | null {
  // Where a model has no price for writing to its cache, what is written is input like any other.
  const isLikeInput = rates.cacheWrite5m === null && rates.cacheWrite1h === null;
  const rate5m = isLikeInput ? rates.uncachedInput : rates.cacheWrite5m;
  const rate1h = isLikeInput ? rates.uncachedInput : rates.cacheWrite1h;
  const inNumbers =
    numberOf(tokens.uncachedInput, rates.uncachedInput) +
    numberOf(tokens.cacheRead, rates.cacheRead) +
    numberOf(tokens.cacheWrite5m, rate5m) +
    numberOf(tokens.cacheWrite1h, rate1h) +
    numberOf(tokens.cacheWriteUnknown, rate5m) +
    numberOf(tokens.output, rates.output);
  if (Number.isNaN(inNumbers)) return null;
  if (inNumbers <= Number.MAX_SAFE_INTEGER) return pico(inNumbers);
  const { uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, cacheWriteUnknown, output } = tokens;
  const input = exactly(uncachedInput, rates.uncachedInput) + exactly(cacheRead, rates.cacheRead);
  const written =
    exactly(cacheWrite5m, rate5m) + exactly(cacheWrite1h, rate1h) + exactly(cacheWriteUnknown, rate5m);
  return pico(input + written + exactly(output, rates.output));
}

/**
 * A price as a number, which is exact where a sum of such is no larger than all whole numbers that are: almost always, and in a
 * fraction of the time. `NaN` where tokens were billed that have no price.
 */
function numberOf(count: number | null, rate: Pico | null): number {
  if (count === null || count === 0) return 0;
  return rate === null ? Number.NaN : count * Number(rate);
}

function exactly(count: number | null, rate: Pico | null): bigint {
  return BigInt(count ?? 0) * (rate ?? 0n);
}

/** Nothing costs nothing, whatever its price. */
function priceOf(count: number | null, rate: Pico | null): Pico | null {
  if (count === null || count === 0) return noMoney;
  return rate === null ? null : pico(BigInt(count) * rate);
}

/** The factors that the terms put on the tokens; `null` when one of the terms is not known for the model. */
function factorsOn({ terms }: Billable, { model, isRegional }: Found): readonly Factor[] | null {
  const factors: Factor[] = [];
  if (model.factors === null) return factors;
  for (const name of ['serviceTier', 'speed', 'region'] as const) {
    const value = terms[name];
    if (value === undefined) continue;
    const factor = model.factors[name].get(value);
    if (factor === undefined) return null;
    factors.push(factor);
  }
  if (isRegional && model.factors.hostRegion !== null) factors.push(model.factors.hostRegion);
  return factors;
}

/** All factors at once, so that there is at most one rounding. */
function scale(amount: Pico, factors: readonly Factor[]): Pico {
  if (factors.length === 0) return amount;
  const numerator = factors.reduce((product, factor) => product * factor.numerator, 1n);
  const denominator = factors.reduce((product, factor) => product * factor.denominator, 1n);
  return scaleMoney(amount, numerator, denominator);
}
