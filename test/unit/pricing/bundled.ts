/** The catalogue that ships, built from the installed package, and receipts to price with it. */

import { createHash } from 'node:crypto';
import { findProvider } from '@pydantic/genai-prices';
import { noTokens, type TokenCounts } from '../../../src/domain/tokens.ts';
import { buildCatalogue, providerIds } from '../../../src/pricing/buildCatalogue.ts';
import { parseCatalogue } from '../../../src/pricing/parseCatalogue.ts';
import { type Billable, createPricer } from '../../../src/pricing/price.ts';

export const providers = providerIds.map((providerId) => findProvider({ providerId }));

export const build = buildCatalogue(providers, (text) => createHash('sha256').update(text).digest('hex'));

export const catalogue = parseCatalogue(JSON.parse(JSON.stringify(build.catalogue)));

const priceReceipt = createPricer(catalogue);

/** A receipt of 22 November 2026 on default terms, unless said otherwise. */
export function billable(
  model: string,
  tokens: Partial<TokenCounts>,
  rest: Partial<Omit<Billable, 'model' | 'tokens'>> = {},
): Billable {
  return {
    model,
    tokens: { ...noTokens, ...tokens },
    atMs: Date.parse('2026-11-22T12:00:00Z'),
    webSearches: 0,
    terms: {},
    quality: 'exact',
    circumstances: {},
    ...rest,
  };
}

export const price = (...receipt: Parameters<typeof billable>) => priceReceipt(billable(...receipt));

/** The cost in pico-dollars, or why there is none. */
export function costOf(...receipt: Parameters<typeof billable>): bigint | string {
  const result = price(...receipt);
  return result.kind === 'priced' ? result.cost : result.reason;
}
