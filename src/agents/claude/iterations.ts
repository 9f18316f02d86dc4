/**
 * The requests that one response took, as its usage lists them. The usage itself is the sum of those of the model that
 * served the response; of other models it holds nothing.
 */

import {
  hasUnknown,
  isTokenCount,
  promptTokens,
  type TokenClass,
  type TokenCounts,
  totalTokens,
} from '../../domain/tokens.ts';
import { type LogRecord, nameOf, recordsOf } from '../fields.ts';
import { toUsage } from './usage.ts';

export interface Iteration {
  /** By what its receipt is told from others of the response. */
  readonly name: string;
  readonly usage: LogRecord;
  /**
   * Whose it is: a part of the response's own usage, of a model that declined, so that another one served the response,
   * or of one that helped, such as an advisor.
   */
  readonly role: 'own' | 'declined' | 'other';
}

const message = 'message';
/** Stands in place of the response's own where a model before it had declined. */
const fallback = 'fallback_message';

/**
 * Only beside a fallback the name of another model is believed: relays may give responses their own.
 * https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback
 *
 * @param servedBy the model of the response
 */
export function iterationsOf(usage: LogRecord, servedBy: string): readonly Iteration[] {
  const listed = recordsOf(usage, 'iterations');
  const hasFallenBack = listed.some((each) => nameOf(each, 'type') === fallback);
  return listed.map((each, index) => {
    const type = nameOf(each, 'type');
    const isDeclined = type === message && hasFallenBack && !['', servedBy].includes(nameOf(each, 'model'));
    const isOwn = ['', message, fallback].includes(type);
    return { name: `${type}.${index}`, usage: each, role: isDeclined ? 'declined' : isOwn ? 'own' : 'other' };
  });
}

/** Declining costs nothing before there is output. Of a request without counts there is nothing to tell. */
export function isBilled({ role }: Iteration, tokens: TokenCounts): boolean {
  if (role === 'declined') return (tokens.output ?? 0) > 0;
  return totalTokens(tokens) > 0 || !hasUnknown(tokens);
}

/**
 * The counts of each of several requests that a response is the sum of; none where it was one, or the log does not tell.
 */
export function partsOf(iterations: readonly Iteration[]): readonly TokenCounts[] {
  const own = iterations.filter(({ role }) => role === 'own').map(({ usage }) => toUsage(usage));
  const parts = own.flatMap((part) => (typeof part === 'string' ? [] : part.tokens));
  return parts.length > 1 && parts.length === own.length ? parts : [];
}

/**
 * The prompt of the last part of a response, `null` where none is told.
 *
 * @param whole what the response came to
 */
export function lastPrompt(parts: readonly TokenCounts[], whole: TokenCounts): number | null {
  const last = parts.at(-1);
  const prompt = last === undefined ? 0 : promptTokens(last);
  return prompt > 0 && prompt < promptTokens(whole) && isTokenCount(prompt) ? prompt : null;
}

/**
 * What a response came to, with the lives of its cache writes as its parts tell them, where they tell all: the usage may
 * tell those of the last part alone, beside the sum of all that was written.
 */
export function withWritesOf(parts: readonly TokenCounts[], whole: TokenCounts): TokenCounts {
  const sumOf = (name: TokenClass) => parts.reduce((sum, part) => sum + (part[name] ?? 0), 0);
  const writes = { cacheWrite5m: sumOf('cacheWrite5m'), cacheWrite1h: sumOf('cacheWrite1h') };
  const untold = whole.cacheWriteUnknown ?? 0;
  const isTold = untold > 0 && writes.cacheWrite5m + writes.cacheWrite1h === untold;
  return isTold ? { ...whole, ...writes, cacheWriteUnknown: 0 } : whole;
}
