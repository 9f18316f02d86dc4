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
  const tokens = toTokens({
    input: counts.count('input_tokens'),
    cacheRead: counts.count('cache_read_input_tokens'),
    written: counts.count('cache_creation_input_tokens'),
    written5m: buckets.count('ephemeral_5m_input_tokens'),
    written1h: buckets.count('ephemeral_1h_input_tokens'),
    output: counts.count('output_tokens'),
    thinking: details.count('thinking_tokens'),
  });
  const webSearches = servers.count('web_search_requests') ?? 0;
  const problem = counts.problem ?? buckets.problem ?? details.problem ?? servers.problem;
  if (webSearches > mostWebSearches) return 'implausible';
  if (problem !== null) return problem;
  const terms = toTerms(
    nameOf(usage, 'service_tier'),
    nameOf(usage, 'speed'),
    nameOf(usage, 'inference_geo'),
  );
  return { tokens, webSearches, terms };
}

/** Counts by their names in the API; `null` where they are missing. */
export interface LoggedCounts {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly written: number | null;
  readonly written5m: number | null;
  readonly written1h: number | null;
  readonly output: number | null;
  readonly thinking: number | null;
}

export function toTokens(counts: LoggedCounts): TokenCounts {
  const { written, written5m, written1h } = counts;
  const isSplit = isSplitBelieved(written, written5m, written1h);
  return {
    uncachedInput: counts.input,
    cacheRead: counts.cacheRead,
    cacheWrite5m: isSplit ? (written5m ?? 0) : 0,
    cacheWrite1h: isSplit ? (written1h ?? 0) : 0,
    cacheWriteUnknown: isSplit ? 0 : written,
    output: counts.output,
    reasoning: counts.thinking,
  };
}

export function qualityOf(tokens: TokenCounts): 'exact' | 'partial' {
  return hasUnknown(tokens) ? 'partial' : 'exact';
}

/**
 * The buckets tell how long the cache lives, the flat count only how much was written. The buckets stand when they
 * add up to the flat count or when that was left at 0, as it was before 2.1.152; else their split cannot be believed.
 */
function isSplitBelieved(flat: number | null, minutes: number | null, hour: number | null): boolean {
  const split = (minutes ?? 0) + (hour ?? 0);
  const hasBuckets = minutes !== null || hour !== null;
  return hasBuckets && (split === flat || !flat);
}

const defaults = new Set(['', 'standard', 'not_available', 'global']);

/** Of a tier, a speed and a region as logged, `''` where they are missing. */
export function toTerms(serviceTier: string, speed: string, region: string): BillingTerms {
  return {
    ...(defaults.has(serviceTier) ? {} : { serviceTier }),
    ...(defaults.has(speed) ? {} : { speed }),
    ...(defaults.has(region) ? {} : { region }),
  };
}
