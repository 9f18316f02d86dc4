/** What the `tokens` of a message or a step say, in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenCount, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord, recordOf } from '../fields.ts';

export interface Usage {
  readonly tokens: TokenCounts;
  /** The numbers as logged, which copies of the response have, too. */
  readonly mark: string;
}

const noRecord: LogRecord = {};

/**
 * The usage, why it is refused, or `null` when nothing was used. `input` excludes what is cached: OpenCode takes that off
 * what the provider calls the input, and early versions logged less than nothing where it was more. How much was not cached
 * is unknown then.
 *
 * @param isReasoningApart whether reasoning stands beside the output where no total tells
 */
export function toUsage(record: LogRecord, isReasoningApart: boolean): Usage | RefusalReason | null {
  const counts = new Counts(record);
  const caches = new Counts(recordOf(record, 'cache') ?? noRecord);
  const [read, write] = [caches.count('read'), caches.count('write')];
  const inputs = new Counts(record, (count) => isTokenCount(count < 0 ? count + sum(read, write) : count));
  const input = inputs.count('input');
  const [output, reasoning] = [counts.count('output'), counts.count('reasoning')];
  const total = counts.count('total');
  const problem = inputs.problem ?? counts.problem ?? caches.problem;
  if (problem !== null) return problem;
  const known = [input, output, reasoning, read, write];
  if (known.every((count) => count === null || count === 0)) return null;
  const billed = billedOutput(
    { output, reasoning, total, prompt: sum(input, read, write) },
    isReasoningApart,
  );
  if (billed !== null && !isTokenCount(billed)) return 'implausible';
  return {
    mark: known.map((count) => count ?? '').join('.'),
    tokens: {
      uncachedInput: input !== null && input < 0 ? null : input,
      cacheRead: read,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknown: write,
      output: billed,
      reasoning,
    },
  };
}

interface Replied {
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly total: number | null;
  readonly prompt: number;
}

/**
 * Output with reasoning in it. Versions differ in whether they log it so, and the total tells which did; where it fits
 * neither, the output is unknown.
 */
function billedOutput({ output, reasoning, total, prompt }: Replied, isApart: boolean): number | null {
  if (output === null || reasoning === null || reasoning === 0) return output;
  if (total === prompt + output + reasoning) return output + reasoning;
  if (reasoning > output) return total === null ? output + reasoning : null;
  if (total === prompt + output) return output;
  if (total !== null) return null;
  return isApart ? output + reasoning : output;
}

function sum(...counts: readonly (number | null)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}
