/**
 * The requests that one response took, as its usage lists them. The usage itself is the sum of those of the model that
 * served the response; of other models it holds nothing.
 */

import {
  hasUnknown,
  isTokenCount,
  promptTokens,
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
 * The prompt of the last of several requests that a response is the sum of; `null` where it was one, or the log does not
 * tell.
 *
 * @param whole what the response came to
 */
export function lastPrompt(iterations: readonly Iteration[], whole: TokenCounts): number | null {
  const own = iterations.filter(({ role }) => role === 'own');
  const last = own.length > 1 ? toUsage(own.at(-1)?.usage ?? {}) : null;
  if (last === null || typeof last === 'string') return null;
  const prompt = promptTokens(last.tokens);
  return prompt > 0 && prompt < promptTokens(whole) && isTokenCount(prompt) ? prompt : null;
}
