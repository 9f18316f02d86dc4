/** What the estimator says about a text. */

import type { Count } from './encoding.ts';
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

/** What a count in the family's encoding means for a model of the family. */
export function toEstimate(model: ModelChoice, family: Family, count: Count): Estimate {
  return {
    model,
    tokens: Math.round(count.tokens * family.factor),
    errorShare: count.isExact ? family.errorShare : Math.max(family.errorShare, inexactShare),
  };
}
