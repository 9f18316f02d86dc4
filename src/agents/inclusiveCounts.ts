/** Counts of agents whose input holds what was read from the cache and written to it, as OpenAI's API has it. */

import type { TokenCounts } from '../domain/tokens.ts';

export interface InclusiveCounts {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

/** The counts in our classes. How long what was written stays in the cache none of them tells. */
export function toDisjoint({ input, cacheWrite, ...others }: InclusiveCounts): TokenCounts {
  return {
    uncachedInput: uncachedOf(input, others.cacheRead, cacheWrite),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: cacheWrite,
    ...others,
  };
}

/** Unknown where the parts are more than the whole: then input does not hold them, and what it holds is not known. */
function uncachedOf(input: number | null, read: number | null, write: number | null): number | null {
  if (input === null) return null;
  const uncached = input - (read ?? 0) - (write ?? 0);
  return uncached < 0 ? null : uncached;
}
