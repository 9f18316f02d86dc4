/** The prices of the ledger worker, loaded when the first receipt is stored: mostly nothing is new. */

import { join } from 'node:path';
import type { Pico } from '../domain/money.ts';
import type { Pricing } from '../ledger/pricing.ts';
import type { Billable } from '../pricing/price.ts';
import { PriceBook } from '../workers/priceBook.ts';
import { updatedPricesFile } from '../workers/priceFile.ts';
import { loadBundled, loadUpdated } from '../workers/priceSources.ts';
import { guardFiles } from './guardFolder.ts';
import { readOwnPrices } from './guardSettings.ts';

export class LazyPricing implements Pricing {
  readonly #dataFolder: string;
  readonly #guardFolder: string;
  #loaded: PriceBook | undefined;

  constructor(dataFolder: string, guardFolder: string) {
    this.#dataFolder = dataFolder;
    this.#guardFolder = guardFolder;
  }

  get catalogue(): string {
    return this.#book.catalogue;
  }

  get version(): string {
    return this.#book.version;
  }

  ownPriceOf(loggedModel: string): string | null {
    return this.#book.ownPriceOf(loggedModel);
  }

  price(receipt: Billable): Pico | null {
    return this.#book.price(receipt);
  }

  get #book(): PriceBook {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  #load(): PriceBook {
    const bundled = loadBundled(join(this.#guardFolder, guardFiles.catalogue));
    const book = new PriceBook(bundled);
    book.useCatalogue(loadUpdated(join(this.#dataFolder, updatedPricesFile), bundled) ?? bundled);
    book.useOwn(readOwnPrices(this.#guardFolder));
    return book;
  }
}
