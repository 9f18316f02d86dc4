/** What a `usage` object of the Anthropic API says, in our classes. */

import type { BillingTerms } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { hasUnknown, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord, nameOf, recordOf } from '../fields.ts';

export interface Usage {
  readonly tokens: TokenCounts;
  readonly webSearches: number;
  readonly terms: BillingTerms;
}

const noRecord: LogRecord = {};

/** Searches that one response may claim. Each is billed, and no request runs as many. */
const mostWebSearches = 10_000;

/** The usage, or why it is refused. `input_tokens` excludes what is cached; `output_tokens` includes thinking. */
export function toUsage(usage: LogRecord): Usage | RefusalReason {
  const counts = new Counts(usage);
  const buckets = new Counts(recordOf(usage, 'cache_creation') ?? noRecord);
  const details = new Counts(recordOf(usage, 'output_tokens_details') ?? noRecord);
  const servers = new Counts(recordOf(usage, 'server_tool_use') ?? noRecord);
  const tokens = {
    uncachedInput: counts.count('input_tokens'),
    cacheRead: counts.count('cache_read_input_tokens'),
    ...toCacheWrites(
      counts.count('cache_creation_input_tokens'),
      buckets.count('ephemeral_5m_input_tokens'),
      buckets.count('ephemeral_1h_input_tokens'),
    ),
    output: counts.count('output_tokens'),
    reasoning: details.count('thinking_tokens'),
  };
  const webSearches = servers.count('web_search_requests') ?? 0;
  const problem = counts.problem ?? buckets.problem ?? details.problem ?? servers.problem;
  if (webSearches > mostWebSearches) return 'implausible';
  return problem ?? { tokens, webSearches, terms: toTerms(usage) };
}

export function qualityOf(tokens: TokenCounts): 'exact' | 'partial' {
  return hasUnknown(tokens) ? 'partial' : 'exact';
}

type CacheWrites = Pick<TokenCounts, 'cacheWrite5m' | 'cacheWrite1h' | 'cacheWriteUnknown'>;

/**
 * The buckets tell how long the cache lives, the flat count only how much was written. The buckets stand when they
 * add up to the flat count or when that was left at 0, as it was before 2.1.152; else their split cannot be believed.
 */
function toCacheWrites(flat: number | null, minutes: number | null, hour: number | null): CacheWrites {
  const split = (minutes ?? 0) + (hour ?? 0);
  const hasBuckets = minutes !== null || hour !== null;
  if (hasBuckets && (split === flat || !flat)) {
    return { cacheWrite5m: minutes ?? 0, cacheWrite1h: hour ?? 0, cacheWriteUnknown: 0 };
  }
  return { cacheWrite5m: 0, cacheWrite1h: 0, cacheWriteUnknown: flat };
}

const defaults = new Set(['', 'standard', 'not_available', 'global']);

function toTerms(usage: LogRecord): BillingTerms {
  const serviceTier = nameOf(usage, 'service_tier');
  const speed = nameOf(usage, 'speed');
  const region = nameOf(usage, 'inference_geo');
  return {
    ...(defaults.has(serviceTier) ? {} : { serviceTier }),
    ...(defaults.has(speed) ? {} : { speed }),
    ...(defaults.has(region) ? {} : { region }),
  };
}
