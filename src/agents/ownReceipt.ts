/** Receipts of agents that log no more than a plain response of their own. */

import type { Dropped, Receipt, ReceiptId } from '../domain/receipt.ts';
import { hasUnknown, type TokenCounts } from '../domain/tokens.ts';

/** What such an agent tells; the rest is as it is without a word. */
export interface OwnReceipt
  extends Pick<Receipt, 'agent' | 'sessionKey' | 'atMs' | 'model' | 'tokens'>,
    Partial<Pick<Receipt, 'circumstances' | 'reportedCost' | 'dropped'>> {
  /** What the response is known by over all logs of the agent. */
  readonly response: string;
  /** What the numbers are where none is missing. */
  readonly quality: Receipt['quality'];
}

export function toReceipt(own: OwnReceipt): Receipt {
  const { response, quality, reportedCost = null, circumstances = {}, ...rest } = own;
  return {
    ...rest,
    id: { response, request: '' },
    claim: 'own',
    webSearches: 0,
    terms: {},
    circumstances,
    reportedCost,
    quality: quality === 'exact' && hasUnknown(own.tokens) ? 'partial' : quality,
  };
}

/** Of a response of which nothing is told but that there was one. */
export const unknownTokens: TokenCounts = {
  uncachedInput: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  output: null,
  reasoning: null,
};

/**
 * Whatever a session ever told of one by one, but for what its log still tells.
 *
 * @param writtenMs when the log was written last: what came later its sum cannot hold; `undefined` where it is not known
 */
export function allBut(kept: readonly ReceiptId[], writtenMs = Number.MAX_SAFE_INTEGER): Dropped {
  return { afterMs: 0, untilMs: Math.floor(writtenMs), kept };
}
