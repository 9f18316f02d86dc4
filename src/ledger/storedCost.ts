/** What a receipt's row keeps of its price. */

import type { Pico } from '../domain/money.ts';
import type { Billable } from '../pricing/price.ts';
import type { Pricing } from './pricing.ts';

export interface StoredCost {
  readonly cost: bigint;
  /** The version of the catalogue, or the words of the user's own price, that it is from. */
  readonly source: string;
}

/** `null` where there is no price, or none that can be kept. */
export function costOf(pricing: Pricing, receipt: Billable): StoredCost | null {
  const cost = pricing.price(receipt);
  if (cost === null || !isStorable(cost)) return null;
  return { cost, source: pricing.ownPriceOf(receipt.model) ?? pricing.catalogue };
}

export function toStorable(amount: Pico | null): Pico | null {
  return amount === null || !isStorable(amount) ? null : amount;
}

/** SQLite's integers end at 2⁶³: some nine million dollars for one response, which no provider ever charged. */
function isStorable(amount: Pico): boolean {
  return BigInt.asIntN(64, amount) === amount;
}
