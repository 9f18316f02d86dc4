/** How wide the range is in which nine of ten texts fall, measured on texts that an estimate was not fitted to. */

import { type FeatureName, featureNames } from './engine/featureNames.ts';

/** All are shares of the estimated tokens. */
export interface Margin {
  /** What kinds of text differ by, however long: code, English, and data. */
  readonly familiarShare: number;
  /** The same for languages and signs beyond ASCII, of which few counts are known. */
  readonly unfamiliarShare: number;
  /** The same for letters of which no count is known. */
  readonly strangeShare: number;
  /** What texts of a kind differ by at a single token; falls with the square root of the tokens, as chance does. */
  readonly chanceShare: number;
}

const unfamiliar = /^(?:accented|distant|wideSign)|^(?:han|kana|hangul|cyrillic|rightToLeft|indic)$/;

/** Weights with which a text counts, in place of its tokens, those by which its kind may be off. */
export function doubtsOf(perFeature: readonly number[], margin: Margin): readonly number[] {
  return featureNames.map((name, index) => Math.round((perFeature[index] ?? 0) * shareOf(name, margin)));
}

function shareOf(name: FeatureName, margin: Margin): number {
  if (/^(?:strange|vietnamese)Tokens$/.test(name)) return margin.strangeShare;
  return unfamiliar.test(name) ? margin.unfamiliarShare : margin.familiarShare;
}

/**
 * Half the width of the range, as a share of `tokens` in whole percents: it is known no better.
 *
 * @param doubtfulTokens what the text counts by `doubtsOf`
 */
export function errorShareOf(margin: Margin, tokens: number, doubtfulTokens: number): number {
  if (tokens <= 0) return margin.strangeShare;
  const share = Math.hypot(doubtfulTokens / tokens, margin.chanceShare / Math.sqrt(tokens));
  return wholePercent(share);
}

/** Margins are known no better. A product that is off by its last bit stays what it should be. */
export function wholePercent(share: number): number {
  return Math.ceil(100 * share - 1e-9) / 100;
}
