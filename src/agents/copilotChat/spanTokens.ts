/** What the span of a call tells of its tokens. */

import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { Counts, fieldOf, type LogRecord, nameOf } from '../fields.ts';
import { toDisjoint } from '../inclusiveCounts.ts';
import { unknownTokens } from '../ownReceipt.ts';

/** The attribute with what was written to the cache. */
export const writesName = 'gen_ai.usage.cache_creation.input_tokens';

/**
 * The input holds what was read from the cache and written to it. Copilot Chat writes 0 for a prompt of which it was
 * told nothing, and nothing at all where the call was canceled. A model of the user's own whose stream was cut short has
 * an output of -1.
 */
export function toTokens(span: LogRecord): TokenCounts | RefusalReason {
  const isCut = fieldOf(span, 'output_tokens') === -1;
  const counts = new Counts(isCut ? { ...span, output_tokens: null } : span);
  const input = counts.count('input_tokens') || null;
  const cacheRead = counts.count('cached_tokens');
  const told = counts.count(writesName);
  const output = counts.count('output_tokens');
  const reasoning = counts.count('reasoning_tokens');
  if (counts.problem !== null) return counts.problem;
  if (input === null) return { ...unknownTokens, output: output || null };
  const cacheWrite = told ?? (writesFree.test(modelOf(span)) ? 0 : null);
  return toDisjoint({ input, cacheRead, cacheWrite, output, reasoning });
}

/** What is written to the cache is told of Anthropic's models alone, since summer 2026. These do not bill for it. */
const writesFree = /^(?:gpt-(?:[34]|5(?:-|$|\.[0-5]\b))|o\d|gemini|grok)/i;

/** The model that answered, else the one that was asked; empty where neither is told. */
export function modelOf(span: LogRecord): string {
  return nameOf(span, 'response_model') || nameOf(span, 'request_model');
}
