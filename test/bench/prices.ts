/** List prices as the product has them. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pico } from '../../src/domain/money.ts';
import { parseCatalogue } from '../../src/pricing/parseCatalogue.ts';
import { type Billable, createPricer } from '../../src/pricing/price.ts';
import { root } from '../harness/layout.ts';

export const catalogueFile = 'dist/catalogue.json';

export async function priceBy(): Promise<(receipt: Billable) => Pico | null> {
  const catalogue = parseCatalogue(JSON.parse(await readFile(join(root, catalogueFile), 'utf8')));
  const price = createPricer(catalogue);
  return (receipt) => {
    const priced = price(receipt);
    return priced.kind === 'priced' ? priced.cost : null;
  };
}
