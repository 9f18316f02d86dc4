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
  const logged = loggedIn(record);
  if (typeof logged === 'string') return logged;
  const { input, output, reasoning, read, write } = logged;
  const known = [input, output, reasoning, read, write];
  if (known.every((count) => count === null || count === 0)) return null;
  const billed = billedOutput(logged, isReasoningApart);
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
      // Providers tell of more than the reply had.
      reasoning: reasoning !== null && billed !== null ? Math.min(reasoning, billed) : reasoning,
    },
  };
}

type Logged = Readonly<Record<'input' | 'output' | 'reasoning' | 'read' | 'write' | 'total', number | null>>;

/** Input and output may be less than nothing, as something was taken off them, and no less than nothing with it. */
function loggedIn(record: LogRecord): Logged | RefusalReason {
  const counts = new Counts(record);
  const caches = new Counts(recordOf(record, 'cache') ?? noRecord);
  const [reasoning, total] = [counts.count('reasoning'), counts.count('total')];
  const [read, write] = [caches.count('read'), caches.count('write')];
  const inputs = new Counts(record, (count) => isTokenCount(count < 0 ? sum(count, read, write) : count));
  const input = inputs.count('input');
  // Of an output the total must tell that it was so: in other versions nothing is taken off it.
  const isShort = (count: number) => count < 0 && sum(input, read, write, count, reasoning) === total;
  const outputs = new Counts(record, (count) => isTokenCount(isShort(count) ? sum(count, reasoning) : count));
  const output = outputs.count('output');
  const problem = counts.problem ?? caches.problem ?? inputs.problem ?? outputs.problem;
  return problem ?? { input, output, reasoning, read, write, total };
}

/**
 * Output with reasoning in it. Versions differ in whether they log it so, and the total tells which did; where it fits
 * neither, the output is unknown.
 */
function billedOutput(logged: Logged, isApart: boolean): number | null {
  const { output, reasoning, total } = logged;
  if (output === null || reasoning === null || reasoning === 0) return output;
  const prompt = sum(logged.input, logged.read, logged.write);
  if (total === prompt + output + reasoning) return output + reasoning;
  // The provider told of more reasoning than output, and what was left of the output is logged as nothing.
  if (output === 0 && total !== null && total > prompt && total < prompt + reasoning) return total - prompt;
  if (reasoning > output) return total === null ? output + reasoning : null;
  if (total === prompt + output) return output;
  if (total !== null) return null;
  return isApart ? output + reasoning : output;
}

function sum(...counts: readonly (number | null)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}
