/** What the ledger asks of pricing. */

import type { Pico } from '../domain/money.ts';
import type { Billable } from '../pricing/price.ts';

export interface Pricing {
  /** Version of the price lists, kept beside every cost. */
  readonly catalogue: string;
  /** The cost at list price, or `null` where it is not known. */
  price(receipt: Billable): Pico | null;
}
