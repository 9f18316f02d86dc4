/** What the costs tell of `tokensIn` that Roo Code stored with its requests, by prices that stand nowhere in its logs. */

import { dollarsOf } from '../fields.ts';
import type { InputKind, Spent } from '../tasks/usage.ts';
import { solve } from './leastSquares.ts';

/**
 * A cost is the sum of counts at their prices. Where more requests than there are prices agree on these to the last digits,
 * the price of what was read from the cache is above nothing if it was no part of the prompt logged, and below it if it
 * was: then a token of it stood in place of one at the full price.
 *
 * @param requests to one model, whose prompts were all logged in one way
 * @returns `null` where the costs do not tell: there are too few, or they were not made so
 */
export function inputKindByCosts(requests: readonly Spent[]): InputKind | null {
  const priced = requests.flatMap(({ record, usage: { input, output, cacheRead, cacheWrite } }) => {
    const cost = Number(dollarsOf(record, 'cost') ?? 0);
    if (cost <= 0 || input === null || output === null) return [];
    return [{ counts: [cacheRead, input, output, cacheWrite], cost }];
  });
  const used = [0, 1, 2, 3].filter((column) => priced.some(({ counts }) => counts[column] !== 0));
  if (used[0] !== 0 || priced.length <= used.length) return null;
  const rows = priced.map(({ counts, cost }) => ({
    terms: used.map((column) => (counts[column] ?? 0) / cost),
    sum: 1,
  }));
  const prices = solve(rows);
  if (prices === null) return null;
  const isExact = rows.every(({ terms }) => Math.abs(sumAt(prices, terms) - 1) < 1e-6);
  const [read = 0, input = 0] = prices;
  const isPlausible = Math.abs(read) < input && Math.abs(read) > input / 100;
  if (!isExact || !isPlausible) return null;
  return read < 0 ? 'whole' : 'uncached';
}

function sumAt(prices: readonly number[], terms: readonly number[]): number {
  return terms.reduce((sum, term, index) => sum + term * (prices[index] ?? 0), 0);
}
