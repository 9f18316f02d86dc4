/** What the `usage` object of Pi, and of programs made from it, says in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenCount, noTokens, promptTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord, recordOf } from '../fields.ts';

export interface Usage {
  readonly tokens: TokenCounts;
  readonly webSearches: number;
  /** Prompt of the conversation, where the provider billed other tokens beside it. */
  readonly contextTokens?: number;
}

const noRecord: LogRecord = {};

/** Searches that one response may claim. Each is billed, and no request runs as many. */
const mostWebSearches = 10_000;

/** The usage, or why it is refused. */
export function toUsage(usage: LogRecord): Usage | RefusalReason {
  const conversation = toTokens(usage);
  const beside = recordOf(usage, 'orchestration');
  const searches = new Counts(recordOf(usage, 'server') ?? noRecord, isSearchCount);
  const webSearches = searches.count('webSearch') ?? 0;
  if (typeof conversation === 'string') return conversation;
  if (searches.problem !== null) return searches.problem;
  if (beside === null) return { tokens: conversation, webSearches };
  const tokens = withOrchestration(conversation, beside);
  if (typeof tokens === 'string') return tokens;
  return { tokens, webSearches, contextTokens: promptTokens(conversation) };
}

function isSearchCount(count: number): boolean {
  return isTokenCount(count) && count <= mostWebSearches;
}

/** The classes are disjoint as logged. */
function toTokens(usage: LogRecord): TokenCounts | RefusalReason {
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

/** What the provider itself spent on the way to the reply: billed, and no part of the conversation's classes. */
function withOrchestration(tokens: TokenCounts, orchestration: LogRecord): TokenCounts | RefusalReason {
  const counts = new Counts(orchestration);
  const plus = (known: number | null, name: string) => {
    const count = counts.count(name) ?? 0;
    return known === null ? null : known + count;
  };
  const sum = {
    ...tokens,
    uncachedInput: plus(tokens.uncachedInput, 'input'),
    cacheRead: plus(tokens.cacheRead, 'cacheRead'),
    output: plus(tokens.output, 'output'),
  };
  return counts.problem ?? (Object.values(sum).every(isPlausible) ? sum : 'implausible');
}

function isPlausible(count: number | null): boolean {
  return count === null || isTokenCount(count);
}
