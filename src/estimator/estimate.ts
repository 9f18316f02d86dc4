/** What the estimator says about a text. */

import type { Count } from './encoding.ts';
import { errorShareOf } from './margin.ts';
import type { Family } from './models.ts';

/** A model that text can be counted for. */
export interface ModelChoice {
  /** The id that providers and logs use, such as `claude-sonnet-5-5`. */
  readonly id: string;
  /** The name for people. */
  readonly name: string;
  /** Empty when nothing is known of the model. */
  readonly vendor: string;
  readonly contextWindowTokens: number | null;
  /** Whether the count is exact for plain text, or calibrated from a public encoding. */
  readonly isExact: boolean;
}

export interface Estimate {
  readonly model: ModelChoice;
  readonly tokens: number;
  /**
   * Half the width of the range in which nine of ten texts fall, as a share of `tokens`; 0 for an exact count.
   * Shown as `~12.4k ±14 %`.
   */
  readonly errorShare: number;
}

/** How far off a count can be in which a giant run was guessed at. */
const inexactShare = 0.1;

/**
 * What a count means for a model of the family.
 *
 * @param count by the family's encoding
 * @param doubts the same text counted by the encoding of the family's doubts; `null` where it was not: then the text is
 *     taken for code, English or data
 */
export function toEstimate(
  model: ModelChoice,
  family: Family,
  count: Count,
  doubts: Count | null = null,
): Estimate {
  const share = marginOf(family, count.tokens, doubts);
  return {
    model,
    tokens: Math.round(count.tokens),
    errorShare: count.isExact ? share : Math.max(share, inexactShare),
  };
}

/**
 * What of the margin is not of what receipts mostly are, code and English of some length: the doubts of other kinds of
 * text, and the chance in short ones. A share of the tokens, like the margin.
 *
 * @param doubts as for {@link toEstimate}
 */
export function excessShareOf({ weights }: Family, count: Count, doubts: Count | null = null): number {
  if (weights === null || count.tokens <= 0) return 0;
  const { familiarShare, chanceShare } = weights.margin;
  const kind = doubts === null ? familiarShare : doubts.tokens / count.tokens;
  return Math.sqrt(Math.max(0, kind ** 2 - familiarShare ** 2) + chanceShare ** 2 / count.tokens);
}

function marginOf({ weights }: Family, tokens: number, doubts: Count | null): number {
  if (weights === null) return 0;
  const { margin } = weights;
  return errorShareOf(margin, tokens, doubts?.tokens ?? tokens * margin.familiarShare);
}
