/** List prices as the product has them. */

import { join } from 'node:path';
import { PriceBook } from '../../src/workers/priceBook.ts';
import { loadBundled } from '../../src/workers/priceSources.ts';
import { root } from '../harness/layout.ts';

export function listPrices(): PriceBook {
  return new PriceBook(loadBundled(join(root, 'dist', 'catalogue.json')));
}
