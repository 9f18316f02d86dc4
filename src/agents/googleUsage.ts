/** Token counts as Google's API gives them, which Gemini CLI and Qwen Code log under names of their own. */

import type { RefusalReason } from '../domain/refusal.ts';
import { hasUnknown, isTokenCount, noTokens, type TokenCounts } from '../domain/tokens.ts';

export interface GoogleUsage {
  /** With what was served from the cache. */
  readonly prompt: number | null;
  /** Google leaves out what is 0, here and below. */
  readonly cached: number | null;
  /** Of the reply, with or without its thoughts: the total tells. */
  readonly output: number | null;
  readonly thoughts: number | null;
  /** What the provider's own tools brought into the prompt. */
  readonly toolPrompt: number | null;
  /** `null` or 0 where it is not known. */
  readonly total: number | null;
}

/**
 * In our classes, or why they are refused.
 *
 * @param untold where thoughts stand when there is no total: beside the output, as Google has them, or nobody knows
 */
export function toTokens(usage: GoogleUsage, untold: 'beside' | 'unknown'): TokenCounts | RefusalReason {
  const { input, output } = billedOf(usage, untold === 'beside');
  const cached = usage.cached ?? 0;
  const tokens = {
    ...noTokens,
    // More cached than there is input: then input does not hold it, and what it holds is not known.
    uncachedInput: input === null || input < cached ? null : input - cached,
    cacheRead: cached,
    output,
    reasoning: usage.thoughts,
  };
  const isSound = Object.values(tokens).every((count) => count === null || isTokenCount(count));
  return isSound ? tokens : 'implausible';
}

export function qualityOf(tokens: TokenCounts): 'exact' | 'partial' {
  return hasUnknown(tokens) ? 'partial' : 'exact';
}

interface Billed {
  readonly input: number | null;
  readonly output: number | null;
}

/**
 * Google counts thoughts and tools beside output and prompt, and what was cached within the prompt; servers of other
 * makers do the reverse of each. The total shows which; one that fits no way leaves the output unknown.
 */
function billedOf(usage: GoogleUsage, isGoogle: boolean): Billed {
  const { prompt, cached, output, thoughts, toolPrompt, total } = usage;
  const beside = { thoughts: thoughts ?? 0, tools: toolPrompt ?? 0 };
  if (prompt === null || output === null || !total) {
    const isKnown = isGoogle || beside.thoughts === 0;
    return { input: plus(prompt, beside.tools), output: isKnown ? plus(output, beside.thoughts) : null };
  }
  const ways = [0, cached ?? 0].flatMap((read) =>
    [beside.thoughts, 0].flatMap((more) =>
      [beside.tools, 0].map((tools) => ({ input: prompt + read + tools, output: output + more })),
    ),
  );
  return ways.find((way) => way.input + way.output === total) ?? { input: prompt, output: null };
}

function plus(count: number | null, more: number): number | null {
  return count === null ? null : count + more;
}
