/** The price catalogue beside a ledger, which goes before that of the build. */

import { join } from 'node:path';
import type { PriceBook } from './priceBook.ts';
import { updatedPricesFile } from './priceFile.ts';
import { loadUpdated } from './priceSources.ts';
import { forgetUpdate, type PriceUpdate, takeUpdate } from './priceUpdate.ts';

export class KeptPrices {
  readonly #pricing: PriceBook;
  /** `null` for a ledger in memory. */
  #path: string | null = null;

  /** @param pricing that goes by it */
  constructor(pricing: PriceBook) {
    this.#pricing = pricing;
  }

  /** @param folder of the ledger, `null` for one in memory */
  open(folder: string | null): void {
    this.#path = folder === null ? null : join(folder, updatedPricesFile);
    const updated = this.#path && loadUpdated(this.#path, this.#pricing.bundled);
    this.#pricing.useCatalogue(updated || this.#pricing.bundled);
  }

  /** Goes by what was downloaded, where that is a catalogue. */
  take(json: Uint8Array): { readonly update: PriceUpdate; readonly isTaken: boolean } {
    const { update, catalogue } = takeUpdate(json, this.#pricing, this.#path);
    if (catalogue !== null) this.#pricing.useCatalogue(catalogue);
    return { update, isTaken: catalogue !== null };
  }

  /** Goes back to the catalogue of the build. */
  forget(): void {
    if (this.#path !== null) forgetUpdate(this.#path);
    this.#pricing.useCatalogue(this.#pricing.bundled);
  }
}
