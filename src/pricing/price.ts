/** What a receipt costs at list price, to the pico-dollar, or why that is not known. */

import { noMoney, type Pico, pico, scaleMoney } from '../domain/money.ts';
import type { Receipt } from '../domain/receipt.ts';
import { promptTokens, type TokenClass, type TokenCounts, tokenClasses } from '../domain/tokens.ts';
import { type Catalogue, cardAt, type Factor, type Rates, ratesFor } from './catalogue.ts';
import { createLookup, type Found, type Match } from './lookup.ts';
import type { OwnPrice } from './ownPrices.ts';

/** The parts of a receipt that its price depends on. */
export type Billable = Pick<Receipt, 'model' | 'atMs' | 'tokens' | 'webSearches' | 'terms'>;

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

function price(receipt: Billable, found: Found): Priced | Unpriced {
  const { tokens, webSearches } = receipt;
  const card = cardAt(found.model, receipt.atMs);
  if (card === undefined) return unpriced('unknownRate');
  if (tokens.uncachedInput === null || tokens.output === null) return unpriced('unknownTokens');
  const listPrice = priceTokens(tokens, ratesFor(card, promptTokens(tokens)));
  const searches = webSearches === 0 ? noMoney : priceOf(webSearches, card.webSearch);
  if (listPrice === null || searches === null) return unpriced('unknownRate');
  const factors = factorsOn(receipt, found);
  if (factors === null) return unpriced('unknownTerms');
  const cost = pico(scale(listPrice, factors) + searches);
  return { kind: 'priced', cost, match: found.match, cardFromMs: card.fromMs };
}

function unpriced(reason: UnpricedReason): Unpriced {
  return { kind: 'unpriced', reason };
}

/** `null` when tokens of some class were billed that the rates do not have. */
function priceTokens(tokens: TokenCounts, rates: Rates): Pico | null {
  let sum = 0n;
  for (const name of tokenClasses) {
    const count = tokens[name] ?? 0;
    if (count === 0) continue;
    const part = priceOf(count, rateOf(name, rates));
    if (part === null) return null;
    sum += part;
  }
  return pico(sum);
}

/** Where a model has no price for writing to its cache, what is written is input like any other. */
function rateOf(name: TokenClass, rates: Rates): Pico | null {
  const isWrite = name !== 'uncachedInput' && name !== 'cacheRead' && name !== 'output';
  if (isWrite && rates.cacheWrite5m === null && rates.cacheWrite1h === null) return rates.uncachedInput;
  return rates[name === 'cacheWriteUnknown' ? 'cacheWrite5m' : name];
}

function priceOf(count: number, rate: Pico | null): Pico | null {
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
  const numerator = factors.reduce((product, factor) => product * factor.numerator, 1n);
  const denominator = factors.reduce((product, factor) => product * factor.denominator, 1n);
  return scaleMoney(amount, numerator, denominator);
}
