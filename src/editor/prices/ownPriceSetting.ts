/** The user's own prices, as the setting holds them. */

import { readOwnPrices } from '../sessions/ledgerSettings.ts';
import { writeSetting } from '../settings.ts';

/** Dollars per million tokens. */
export interface OwnRates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  /** Dollars for one search. */
  readonly webSearch?: number;
}

export type OwnPriceSetting = OwnRates | { readonly sameAs: string };

/** A price, not the lack of one: for models that somebody runs on a machine of their own. */
export const nothing: OwnRates = { input: 0, output: 0, cacheRead: 0, webSearch: 0 };

/** @param price `undefined` takes it away */
export async function writeOwnPrice(model: string, price: OwnPriceSetting | undefined): Promise<void> {
  const { [model]: _, ...others } = readOwnPrices();
  const prices = price === undefined ? others : { ...others, [model]: price };
  await writeSetting('tokenBurn.prices', Object.keys(prices).length === 0 ? undefined : prices);
}
