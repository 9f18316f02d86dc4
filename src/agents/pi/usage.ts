/** What the `usage` object of Pi, and of programs made from it, says in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord, recordOf } from '../fields.ts';

const noRecord: LogRecord = {};

/** The tokens, or why they are refused. The classes are disjoint as logged. */
export function toTokens(usage: LogRecord): TokenCounts | RefusalReason {
  const counts = new Counts(usage);
  const lifetimes = new Counts(recordOf(usage, 'cttl') ?? noRecord);
  const tokens = {
    ...noTokens,
    uncachedInput: counts.count('input'),
    cacheRead: counts.count('cacheRead') ?? 0,
    ...cacheWrites(
      counts.count('cacheWrite') ?? 0,
      lifetimes.count('ephemeral5m') ?? 0,
      lifetimes.count('ephemeral1h') ?? counts.count('cacheWrite1h') ?? 0,
    ),
    output: counts.count('output'),
    reasoning: counts.count('reasoning') ?? counts.count('reasoningTokens'),
  };
  return counts.problem ?? lifetimes.problem ?? tokens;
}

/**
 * How long the cache lives, as far as it is told: by Pi what of it lives for an hour, by OMP both parts, and by neither for
 * most providers. Parts of more than the whole are not believed.
 */
function cacheWrites(written: number, minutes: number, hour: number): Partial<TokenCounts> {
  const untold = written - minutes - hour;
  return untold < 0
    ? { cacheWriteUnknown: written }
    : { cacheWrite5m: minutes, cacheWrite1h: hour, cacheWriteUnknown: untold };
}
