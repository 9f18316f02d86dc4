/** What the ledger asks of pricing. */

import type { Pico } from '../domain/money.ts';
import type { Billable } from '../pricing/price.ts';

export interface Pricing {
  /** Version of the catalogue, kept beside every cost that is from it. */
  readonly catalogue: string;
  /** Names the catalogue and the user's own prices together: changes whenever any price may have changed. */
  readonly version: string;
  /** The words of the user's own price of a model, kept beside every cost by it; `null` where the catalogue prices. */
  ownPriceOf(loggedModel: string): string | null;
  /** The cost, or `null` where it is not known. */
  price(receipt: Billable): Pico | null;
}
