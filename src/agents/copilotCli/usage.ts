/** What Copilot CLI says of the tokens of a request, in our classes, and what it calls the cost. */

import { type Pico, pico } from '../../domain/money.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { Counts, fieldOf, type LogRecord } from '../fields.ts';

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
  return {
    uncachedInput: uncachedOf(input, cacheRead, cacheWrite),
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: cacheWrite,
    output,
    reasoning,
  };
}

/** Unknown where the parts are more than the whole. */
export function uncachedOf(input: number | null, read: number | null, write: number | null): number | null {
  if (input === null) return null;
  const uncached = input - (read ?? 0) - (write ?? 0);
  return uncached < 0 ? null : uncached;
}

const picosPerNanoUnit = 10n;

/** The cost from billionths of an AI unit, of which a hundred are a dollar; `null` where it is missing or 0. */
export function creditsOf(record: LogRecord, name: string): Pico | null {
  const value = fieldOf(record, name);
  const isCost = typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
  return isCost ? pico(BigInt(value) * picosPerNanoUnit) : null;
}
