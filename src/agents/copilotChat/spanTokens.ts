/** What the span of a call tells of its tokens. */

import type { RefusalReason } from '../../domain/refusal.ts';
import type { TokenCounts } from '../../domain/tokens.ts';
import { uncachedOf } from '../copilotUsage.ts';
import { Counts, type LogRecord, nameOf } from '../fields.ts';
import { unknownTokens } from '../ownReceipt.ts';

/**
 * The input holds what was read from the cache and written to it. Copilot Chat writes 0 for a prompt of which it was
 * told nothing, and nothing at all where the call was canceled.
 */
export function toTokens(span: LogRecord): TokenCounts | RefusalReason {
  const counts = new Counts(span);
  const input = counts.count('input_tokens') || null;
  const cacheRead = counts.count('cached_tokens');
  const told = counts.count('gen_ai.usage.cache_creation.input_tokens');
  const output = counts.count('output_tokens');
  const reasoning = counts.count('reasoning_tokens');
  if (counts.problem !== null) return counts.problem;
  if (input === null) return { ...unknownTokens, output: output || null };
  const cacheWrite = told ?? (isBilledForWrites(span) ? null : 0);
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

/** Anthropic alone bills for what is written, which spans tell since August 2026. */
function isBilledForWrites(span: LogRecord): boolean {
  return /claude/i.test(nameOf(span, 'response_model') || nameOf(span, 'request_model'));
}
