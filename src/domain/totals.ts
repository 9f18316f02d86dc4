/** Sums over receipts. */

import { noMoney, type Pico, pico } from './money.ts';
import { type TokenClass, tokenClasses } from './tokens.ts';

/** What a set of receipts adds up to. */
export interface Totals {
  readonly receipts: number;
  /** Sum of each class over the receipts that know it. */
  readonly tokens: Readonly<Record<TokenClass | 'reasoning', number>>;
  /** Receipts in which at least one billed class is unknown: with any, the sums are lower bounds. */
  readonly partialReceipts: number;
  /** Cost at list price of the receipts that have one. */
  readonly cost: Pico;
  /** Receipts without a price, and all their tokens: never part of `cost`, never left unsaid. */
  readonly unpricedReceipts: number;
  readonly unpricedTokens: number;
  /** Receipts whose counts the agent rounded or estimated: with any, the sums are about right. */
  readonly roughReceipts: number;
  /** Receipts that stand for a whole session each: they belong to no hour. */
  readonly wholeSessionReceipts: number;
  readonly reported: Reported;
}

/** What agents themselves recorded as cost, which is never part of ours. */
export interface Reported {
  /** Receipts for which they did. */
  readonly receipts: number;
  readonly cost: Pico;
  /** Our cost of those of them that have a price. */
  readonly ours: Pico;
}

export const noTotals: Totals = {
  receipts: 0,
  tokens: {
    uncachedInput: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: 0,
    output: 0,
    reasoning: 0,
  },
  partialReceipts: 0,
  cost: noMoney,
  unpricedReceipts: 0,
  unpricedTokens: 0,
  roughReceipts: 0,
  wholeSessionReceipts: 0,
  reported: { receipts: 0, cost: noMoney, ours: noMoney },
};

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    receipts: a.receipts + b.receipts,
    tokens: {
      uncachedInput: a.tokens.uncachedInput + b.tokens.uncachedInput,
      cacheRead: a.tokens.cacheRead + b.tokens.cacheRead,
      cacheWrite5m: a.tokens.cacheWrite5m + b.tokens.cacheWrite5m,
      cacheWrite1h: a.tokens.cacheWrite1h + b.tokens.cacheWrite1h,
      cacheWriteUnknown: a.tokens.cacheWriteUnknown + b.tokens.cacheWriteUnknown,
      output: a.tokens.output + b.tokens.output,
      reasoning: a.tokens.reasoning + b.tokens.reasoning,
    },
    partialReceipts: a.partialReceipts + b.partialReceipts,
    cost: pico(a.cost + b.cost),
    unpricedReceipts: a.unpricedReceipts + b.unpricedReceipts,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
    roughReceipts: a.roughReceipts + b.roughReceipts,
    wholeSessionReceipts: a.wholeSessionReceipts + b.wholeSessionReceipts,
    reported: {
      receipts: a.reported.receipts + b.reported.receipts,
      cost: pico(a.reported.cost + b.reported.cost),
      ours: pico(a.reported.ours + b.reported.ours),
    },
  };
}

/** All tokens of the receipts, each class once. */
export function allTokens(totals: Totals): number {
  return tokenClasses.reduce((sum, name) => sum + totals.tokens[name], 0);
}
