/**
 * Token counts by price class. One vocabulary for every agent: what a vendor calls "input" may or may not
 * hold the cached part, so the readers translate into these disjoint classes.
 */

/**
 * The classes that are billed apart. They are disjoint: their sum is everything the response was billed for.
 *
 * - `uncachedInput`: prompt tokens at the full input price
 * - `cacheRead`: prompt tokens served from the prompt cache
 * - `cacheWrite5m`, `cacheWrite1h`: prompt tokens stored for five minutes or one hour
 * - `cacheWriteUnknown`: prompt tokens stored for a time that the log does not tell
 * - `output`: tokens of the reply as billed, reasoning included
 */
export const tokenClasses = [
  'uncachedInput',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'output',
] as const;

export type TokenClass = (typeof tokenClasses)[number];

/**
 * Tokens of one response. `null` means that the log does not say, which is not zero.
 * `reasoning` is the part of `output` that the model spent on thinking; it is never added to a sum.
 */
export type TokenCounts = Readonly<Record<TokenClass | 'reasoning', number | null>>;

/** A response in which every class is known to be zero: the base for readers to spread over. */
export const noTokens: TokenCounts = {
  uncachedInput: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWriteUnknown: 0,
  output: 0,
  reasoning: null,
};

/**
 * The largest count of one class that one response may claim. Context windows end at some ten million tokens;
 * a larger number is a damaged log, and a sum that holds it is wrong.
 */
export const maxTokensPerResponse = 100_000_000;

/** Whether `value` can be a token count: a whole number from 0 to {@link maxTokensPerResponse}. */
export function isTokenCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maxTokensPerResponse;
}

/**
 * The largest count of one class that a sum over responses may claim, as of a whole session: a long one reads more from
 * the cache than {@link maxTokensPerResponse}.
 */
export const maxTokensPerSum = 10_000_000_000;

/** Whether `value` can be a count of a sum over responses: a whole number from 0 to {@link maxTokensPerSum}. */
export function isTokenSum(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maxTokensPerSum;
}

/** Prompt tokens of the response: every class but the output. Unknown classes add nothing. */
export function promptTokens(counts: TokenCounts): number {
  return totalTokens(counts) - (counts.output ?? 0);
}

/** All tokens of the response. Unknown classes add nothing; see {@link hasUnknown}. */
export function totalTokens(counts: TokenCounts): number {
  return tokenClasses.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
}

/** Whether a sum over these counts is a lower bound rather than a total. */
export function hasUnknown(counts: TokenCounts): boolean {
  return tokenClasses.some((name) => counts[name] === null);
}

/** What is left of amounts by class, never below 0; of the reasoning in what is left nothing is known. */
export function subtract(from: TokenCounts, part: TokenCounts): TokenCounts {
  const left = tokenClasses.map((name) => [name, lessBy(from[name], part[name])] as const);
  return { ...from, ...Object.fromEntries(left), reasoning: null };
}

function lessBy(from: number | null, part: number | null): number | null {
  return from === null ? null : Math.max(0, from - (part ?? 0));
}
