/** The prices that a worker goes by: a catalogue, with the user's own before it. */

import type { Pico } from '../domain/money.ts';
import type { ModelNames } from '../ledger/outlook.ts';
import type { Pricing } from '../ledger/pricing.ts';
import type { PriceGaps } from '../ledger/unpricedModels.ts';
import { type Catalogue, cardAt, type PricedModel, type Rates } from '../pricing/catalogue.ts';
import { likeness } from '../pricing/likeness.ts';
import { createLookup, type Lookup } from '../pricing/lookup.ts';
import {
  createOwnLookup,
  noOwnPrices,
  type OwnPrice,
  parseOwnPrices,
  type WrongPrice,
} from '../pricing/ownPrices.ts';
import { type Billable, createPricer, type Pricer, type UnpricedReason } from '../pricing/price.ts';

/** A model of the catalogue, as somebody who looks for a price sees it. */
export interface PriceChoice {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** Now, for a short prompt. */
  readonly rates: Rates;
  /** See `likeness.ts`. */
  readonly likeness: number;
}

export class PriceBook implements Pricing, ModelNames, PriceGaps {
  /** The catalogue that the build wrote. */
  readonly bundled: Catalogue;
  #catalogue: Catalogue;
  #ownJson: unknown;
  #own = noOwnPrices;
  #lookup: Lookup;
  #ownPriceOf: (logged: string) => OwnPrice | null;
  #price: Pricer;

  constructor(catalogue: Catalogue) {
    this.bundled = catalogue;
    this.#catalogue = catalogue;
    this.#lookup = createLookup(catalogue);
    this.#ownPriceOf = createOwnLookup([]);
    this.#price = createPricer(catalogue);
  }

  /** Goes by these prices of the user's own from now on, and by no others. @param json see `parseOwnPrices` */
  useOwn(json: unknown): void {
    this.#ownJson = json;
    this.#own = parseOwnPrices(json, this.#catalogue);
    const { prices } = this.#own;
    this.#lookup = createLookup(this.#catalogue, prices);
    this.#ownPriceOf = createOwnLookup(prices);
    this.#price = createPricer(this.#catalogue, prices);
  }

  /** Goes by this catalogue from now on. */
  useCatalogue(catalogue: Catalogue): void {
    this.#catalogue = catalogue;
    this.useOwn(this.#ownJson);
  }

  /** The catalogue that it goes by. */
  get present(): Catalogue {
    return this.#catalogue;
  }

  /** Whether that is another than the build's. */
  get isUpdated(): boolean {
    return this.#catalogue.version !== this.bundled.version;
  }

  /** The user's own prices that were left out. */
  get wrong(): readonly WrongPrice[] {
    return this.#own.wrong;
  }

  get catalogue(): string {
    return this.#catalogue.version;
  }

  get version(): string {
    const own = this.#own.prices.map(({ pattern, words }) => `${JSON.stringify(pattern)} ${words}`);
    return [this.catalogue, ...own.sort()].join('\n');
  }

  ownPriceOf(loggedModel: string): string | null {
    return this.#ownPriceOf(loggedModel)?.words ?? null;
  }

  price(receipt: Billable): Pico | null {
    const priced = this.#price(receipt);
    return priced.kind === 'priced' ? priced.cost : null;
  }

  whyUnpriced(receipt: Billable): UnpricedReason | null {
    const priced = this.#price(receipt);
    return priced.kind === 'priced' ? null : priced.reason;
  }

  modelIdOf(loggedModel: string): string {
    return this.#lookup(loggedModel)?.model.id ?? loggedModel;
  }

  /** The models of the catalogue whose price this one could share, the one with the likeliest name first. */
  choicesFor(loggedModel: string, atMs: number): readonly PriceChoice[] {
    const own = this.modelIdOf(loggedModel);
    return this.#catalogue.models
      .filter(({ id }) => id !== own)
      .flatMap((model) => toChoice(model, loggedModel, atMs))
      .sort((a, b) => b.likeness - a.likeness);
  }
}

function toChoice(model: PricedModel, loggedModel: string, atMs: number): readonly PriceChoice[] {
  const card = cardAt(model, atMs);
  const { id, name, vendor } = model;
  return card === undefined
    ? []
    : [{ id, name, vendor, rates: card.rates, likeness: likeness(id, loggedModel) }];
}
