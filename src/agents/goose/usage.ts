/** What Goose says of tokens, in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord } from '../fields.ts';

/**
 * The usage of a record, whose input holds what was read from the cache and written to it.
 *
 * @param prefix `accumulated_` for the sums of a session; without it a session has the numbers of its last request
 * @param isPlausible tells what one count can be
 */
export function toTokens(
  record: LogRecord,
  prefix: '' | 'accumulated_',
  isPlausible: (count: number) => boolean,
): TokenCounts | RefusalReason {
  const counts = new Counts(record, isPlausible);
  const input = counts.count(`${prefix}input_tokens`);
  const output = counts.count(`${prefix}output_tokens`);
  const cacheRead = counts.count(`${prefix}cache_read_tokens`);
  const cacheWrite = counts.count(`${prefix}cache_write_tokens`);
  if (counts.problem !== null) return counts.problem;
  const uncached = input === null ? null : input - (cacheRead ?? 0) - (cacheWrite ?? 0);
  return {
    uncachedInput: uncached !== null && uncached < 0 ? null : uncached,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: cacheWrite,
    output,
    reasoning: null,
  };
}
