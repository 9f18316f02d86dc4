/** A limit that the past would seldom have crossed. */

import type { Amount } from '../domain/budget.ts';
import { quantile } from '../domain/quantile.ts';

export interface Suggestion {
  /** Nine of ten sessions, days, weeks, months or windows of the past came to no more. */
  readonly limit: Amount;
  readonly samples: number;
}

/** `null` where there are too few samples to say so. @param samples what each came to; those of nothing say nothing */
export function suggestFrom(samples: readonly Amount[]): Suggestion | null {
  const spent = samples.filter((amount) => amount > 0n);
  const limit = quantile(spent, 0.9);
  return limit === null ? null : { limit, samples: spent.length };
}
