/** What a receipt's row keeps of its price. */

import type { Pico } from '../domain/money.ts';
import type { Billable } from '../pricing/price.ts';
import type { Pricing } from './pricing.ts';

export interface StoredCost {
  readonly cost: bigint;
  /** See {@link sourceOf}. */
  readonly source: string;
}

/** As {@link costOf}, with what it is from. */
export function storedCostOf(pricing: Pricing, receipt: Billable): StoredCost | null {
  const cost = costOf(pricing, receipt);
  return cost === null ? null : { cost, source: sourceOf(pricing, receipt.model) };
}

/** `null` where there is no price, or none that can be kept. */
export function costOf(pricing: Pricing, receipt: Billable): Pico | null {
  return toStorable(pricing.price(receipt));
}

/** What a model's price is from: the version of the catalogue, or the words of the user's own price. */
export function sourceOf(pricing: Pricing, model: string): string {
  return pricing.ownPriceOf(model) ?? pricing.catalogue;
}

export function toStorable(amount: Pico | null): Pico | null {
  return amount === null || !isStorable(amount) ? null : amount;
}

/** SQLite's integers end at 2⁶³: some nine million dollars for one response, which no provider ever charged. */
function isStorable(amount: Pico): boolean {
  return BigInt.asIntN(64, amount) === amount;
}
