/** What sending a text once would cost. */

import { type Pico, pico } from '../domain/money.ts';
import { cardAt, type PricedModel, ratesFor } from './catalogue.ts';

/** Price of the input alone: the reply is not known before it is given. */
export interface ProjectedCost {
  /** Nothing of the prompt in the provider's cache. */
  readonly cold: Pico;
  /** All of it read from the cache; `null` where the model has no price for that. */
  readonly warm: Pico | null;
}

/** What a prompt of `tokens` costs at `atMs` on default terms; `null` when the model has no price then. */
export function projectCost(model: PricedModel, tokens: number, atMs: number): ProjectedCost | null {
  const card = cardAt(model, atMs);
  if (card === undefined) return null;
  const { uncachedInput, cacheRead } = ratesFor(card, tokens);
  const count = BigInt(tokens);
  return { cold: pico(count * uncachedInput), warm: cacheRead === null ? null : pico(count * cacheRead) };
}
