/** Prices as tests give them: pico-dollars for an output token, by model. */

import { pico } from '../../../src/domain/money.ts';
import type { Pricing } from '../../../src/ledger/pricing.ts';

export interface Prices {
  readonly version?: string;
  readonly catalogue?: Readonly<Record<string, number>>;
  readonly own?: Readonly<Record<string, number>>;
}

export function pricingOf({ version = 'first', catalogue = { a: 10, b: 20 }, own = {} }: Prices): Pricing {
  return {
    catalogue: version,
    version: `${version} ${JSON.stringify(own)}`,
    ownPriceOf: (model) => (model in own ? `own ${own[model]}` : null),
    price({ model, tokens }) {
      const price = own[model] ?? catalogue[model];
      return price === undefined ? null : pico(price * (tokens.output ?? 0));
    },
  };
}
