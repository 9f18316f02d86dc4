/** What Copilot CLI says of the tokens of a request, in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { Counts, fieldOf, type LogRecord } from '../fields.ts';
import { toDisjoint } from '../inclusiveCounts.ts';

/** Names of the counts: the database and the events have the same under different ones. */
export interface UsageNames {
  readonly input: string;
  readonly output: string;
  readonly read: string;
  readonly write: string;
  readonly reasoning: string;
}

export const eventNames: UsageNames = {
  input: 'inputTokens',
  output: 'outputTokens',
  read: 'cacheReadTokens',
  write: 'cacheWriteTokens',
  reasoning: 'reasoningTokens',
};

export const columnNames: UsageNames = {
  input: 'input_tokens',
  output: 'output_tokens',
  read: 'cache_read_tokens',
  write: 'cache_write_tokens',
  reasoning: 'reasoning_tokens',
};

/** The usage, or why it is refused. The input holds what was read from the cache and written to it. */
export function toTokens(record: LogRecord, names: UsageNames): TokenCounts | RefusalReason {
  const counts = new Counts(record);
  const input = counts.count(names.input);
  const cacheRead = counts.count(names.read);
  const cacheWrite = counts.count(names.write);
  const output = counts.count(names.output);
  const reasoning = counts.count(names.reasoning);
  if (counts.problem !== null) return counts.problem;
  return withLifetime(toDisjoint({ input, cacheRead, cacheWrite, output, reasoning }), record);
}

/** Records of requests tell how long what was written stays in the cache, where it is billed by that. */
function withLifetime(tokens: TokenCounts, record: LogRecord): TokenCounts {
  const name = lifetimes.get(fieldOf(record, 'cacheTtlSeconds'));
  if (name === undefined) return tokens;
  return { ...tokens, cacheWriteUnknown: 0, [name]: tokens.cacheWriteUnknown };
}

const lifetimes = new Map<unknown, 'cacheWrite5m' | 'cacheWrite1h'>([
  [300, 'cacheWrite5m'],
  [3600, 'cacheWrite1h'],
]);
