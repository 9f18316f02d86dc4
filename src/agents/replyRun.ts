/**
 * Responses that a log tells of one after the other, with the calls in them, as rows of numbers: of many, an object for
 * each takes longer than to read them.
 */

import type { AgentId } from '../domain/agent.ts';
import type { BillingTerms, Circumstances, Claim } from '../domain/receipt.ts';

/** Columns of a response. What a log does not tell is `NaN`. */
export const replyColumn = {
  /** In milliseconds since 1970 UTC. */
  atMs: 0,
  uncachedInput: 1,
  cacheRead: 2,
  cacheWrite5m: 3,
  cacheWrite1h: 4,
  cacheWriteUnknown: 5,
  output: 6,
  reasoning: 7,
  webSearches: 8,
  /** A number for {@link ReplyRun.circumstancesOf}. */
  circumstances: 9,
  turn: 10,
  /** 1 where a class of tokens is missing, else 0. */
  isPartial: 11,
} as const;

export const replyColumnCount = 12;

/** Columns of a call, likewise. */
export const callColumn = {
  /** Index of the response that asked for it. */
  reply: 0,
  /** A number for {@link ReplyRun.toolOf}. */
  tool: 1,
  resultBytes: 2,
  /** 0 or 1. */
  isFailed: 3,
} as const;

export const callColumnCount = 4;

/** All that it holds is overwritten by the next one. */
export interface ReplyRun {
  readonly agent: AgentId;
  readonly sessionKey: string;
  readonly claim: Claim;
  readonly model: string;
  readonly terms: BillingTerms;
  readonly replyCount: number;
  /** Row after row. */
  readonly replies: Float64Array;
  /** Of each response the hashes of its id and its request's: a `HashedId` of the ledger. */
  readonly replyIds: BigInt64Array;
  /** Without what is a column. The same object as often as it is asked for. */
  circumstancesOf(number: number): Circumstances;
  readonly callCount: number;
  /** In the order of their responses. */
  readonly calls: Float64Array;
  /** Of each call its hash, as `hashCall` of the ledger makes it. */
  readonly callIds: BigInt64Array;
  toolOf(number: number): string;
  /** The input of a call, as logged. */
  inputOf(call: number): Uint8Array;
}
