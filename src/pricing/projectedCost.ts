/** What sending a text once would cost. */

import type { Pico } from '../domain/money.ts';

/** Price of the input alone: the reply is not known before it is given. */
export interface ProjectedCost {
  /** Nothing of the prompt in the provider's cache. */
  readonly cold: Pico;
  /** All of it read from the cache; `null` where the model has no price for that. */
  readonly warm: Pico | null;
}
