/** What the estimator says about a text. */

/** A model that text can be counted for. */
export interface ModelChoice {
  /** The id that providers and logs use, such as `claude-sonnet-5-5`. */
  readonly id: string;
  /** The name for people. */
  readonly name: string;
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
