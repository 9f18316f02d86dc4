/** What messages of Amp used, and the receipts of a thread. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, epochMsOf, type LogRecord, timeOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';

/** A receipt, why it is refused, or `null` where nothing tells of one. */
export type Outcome = Receipt | RefusalReason | null;

export function messageTokens(usage: LogRecord): TokenCounts | RefusalReason {
  const counts = new Counts(usage);
  const tokens = {
    ...noTokens,
    uncachedInput: counts.count('inputTokens'),
    output: counts.count('outputTokens'),
    cacheRead: counts.count('cacheReadInputTokens') ?? 0,
    cacheWriteUnknown: counts.count('cacheCreationInputTokens') ?? 0,
  };
  return counts.problem ?? tokens;
}

/** @param id of the message or of the event, within its thread */
export function receiptOf(
  key: string,
  id: string,
  atMs: number,
  model: string,
  tokens: TokenCounts,
): Receipt {
  return toReceipt({
    agent: 'amp',
    response: `${key}/${id}`,
    sessionKey: key,
    atMs,
    model,
    tokens,
    quality: 'exact',
  });
}

export function timeIn(record: LogRecord): number | null {
  return timeOf(record, 'timestamp') ?? epochMsOf(record, 'timestamp');
}
