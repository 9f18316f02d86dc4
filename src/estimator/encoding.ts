/** What it means to count a text: the one interface behind which a tokenizer stays. */

/** Public encodings that can be counted with. Everything current of OpenAI's is `o200k_base`. */
export const encodingNames = ['o200k_base', 'cl100k_base'] as const;

export type EncodingName = (typeof encodingNames)[number];

export interface Count {
  readonly tokens: number;
  /** False where the text holds a run too long to be counted as one piece, or at once. */
  readonly isExact: boolean;
}

export interface Encoding {
  /** Counts ordinary text: what looks like a special token is text too. Takes time in proportion to the length. */
  count(text: string): Count;
}

export const noCount: Count = { tokens: 0, isExact: true };

export function addCounts(a: Count, b: Count): Count {
  return { tokens: a.tokens + b.tokens, isExact: a.isExact && b.isExact };
}
