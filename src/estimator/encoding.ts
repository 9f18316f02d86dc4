/** What it means to count a text: the one interface behind which a tokenizer stays. */

/** Public encodings that can be counted with. Everything current of OpenAI's is `o200k_base`. */
export const encodingNames = ['o200k_base', 'cl100k_base'] as const;

export type EncodingName = (typeof encodingNames)[number];

/** What costs are counted in: a power of two, so that sums of units are exact as numbers of tokens too. */
export const unitsPerToken = 1024;

export interface Count {
  /** A whole number where the encoding is counted with, not estimated by. */
  readonly tokens: number;
  /** False where the text holds a run too long to be counted as one piece, or at once. */
  readonly isExact: boolean;
}

export interface Encoding {
  /** Counts ordinary text: what looks like a special token is text too. Takes time in proportion to the length. */
  count(text: string): Count;
}

/** An encoding of which the tables are at hand, so that other tokenizers can be estimated by its pieces. */
export interface LoadedEncoding extends Encoding {
  /**
   * What another tokenizer makes of a text, as an encoding too: its tokens are a whole number of units, and add up
   * exactly.
   *
   * @param weights units by feature, in the order of `featureNames`; whole numbers
   */
  weighted(weights: readonly number[]): Encoding;
}

export const noCount: Count = { tokens: 0, isExact: true };

export function addCounts(a: Count, b: Count): Count {
  return { tokens: a.tokens + b.tokens, isExact: a.isExact && b.isExact };
}
