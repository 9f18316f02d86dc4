/** Prices as the pricer uses them: models, their rate cards over time, and the factors that terms put on a price. */

import type { Pico } from '../domain/money.ts';
import type { BillingTerms } from '../domain/receipt.ts';
import type { TokenClass } from '../domain/tokens.ts';

/** The classes that have a list price. A cache write of unknown life is billed as one of five minutes. */
export const ratedClasses = ['uncachedInput', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const;

export type RatedClass = Exclude<TokenClass, 'cacheWriteUnknown'>;

/** Price of one token of each class; `null` where the model has none for it. */
export interface Rates extends Readonly<Record<Exclude<RatedClass, RequiredClass>, Pico | null>> {
  readonly uncachedInput: Pico;
  readonly output: Pico;
}

/** Without these two there is no price list. */
export type RequiredClass = 'uncachedInput' | 'output';

/** What a model costs from one instant on, until the next card takes over. */
export interface RateCard {
  /** Milliseconds since 1970 UTC; `null` for the first card, which holds for all time before. */
  readonly fromMs: number | null;
  readonly rates: Rates;
  /** For the whole of a request whose prompt, cached parts included, has more tokens than `aboveTokens`. */
  readonly longContext: { readonly aboveTokens: number; readonly rates: Rates } | null;
  /** Price of one web search that the provider runs. */
  readonly webSearch: Pico | null;
}

/** An exact multiplier of a price, such as 11/10. */
export interface Factor {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * What {@link BillingTerms} do to the price of the tokens (not to fees), by the value that the log gives. A value that
 * is not listed has no known price.
 */
export interface TermFactors extends Readonly<Record<keyof BillingTerms, ReadonlyMap<string, Factor>>> {
  /** The surcharge where a cloud's model id names a region rather than its global endpoint. */
  readonly hostRegion: Factor | null;
}

export interface PricedModel {
  readonly id: string;
  /** Other exact names of this very model. */
  readonly aliases: readonly string[];
  readonly name: string;
  readonly vendor: string;
  readonly contextWindowTokens: number | null;
  /** Whether the model is known by our own cards, by the bundled package, or by the user's price alone. */
  readonly origin: 'override' | 'bundled' | 'user';
  /** At least one, oldest first. */
  readonly cards: readonly RateCard[];
  /** `null` where the price is the same on all terms. */
  readonly factors: TermFactors | null;
}

export interface Catalogue {
  /** Changes whenever any price may have changed; kept beside every cost. */
  readonly version: string;
  readonly models: readonly PricedModel[];
}

/** The card in force at `atMs`. */
export function cardAt(model: PricedModel, atMs: number): RateCard | undefined {
  return model.cards.findLast((card) => card.fromMs === null || card.fromMs <= atMs);
}

/** The rates for a request with a prompt of `promptTokens` in all: at the threshold itself still the base tier. */
export function ratesFor(card: RateCard, promptTokens: number): Rates {
  const { longContext, rates } = card;
  return longContext !== null && promptTokens > longContext.aboveTokens ? longContext.rates : rates;
}
