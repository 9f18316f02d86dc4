/** Usage as Cline and its descendants log it of a request, in our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, fieldOf, isTrue, type LogRecord } from '../fields.ts';
import { unknownTokens } from '../ownReceipt.ts';

/** Whether `tokensIn` is the whole prompt or what of it was not cached. */
export type InputKind = 'whole' | 'uncached';

/** Counts in the log's own terms. */
export interface Usage {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** A record that tells of usage. */
export interface Spent {
  readonly record: LogRecord;
  readonly usage: Usage;
  /** As the log names it; empty where it does not. */
  readonly provider: string;
  /** Of several requests, which may have gone to several providers. */
  readonly isSum: boolean;
}

/**
 * `null` while the request goes on: it is logged before anything is known of it.
 *
 * @param isCount what a count may be
 */
export function readUsage(
  record: LogRecord,
  isCount: (value: number) => boolean,
): Usage | RefusalReason | null {
  const isTold = ['tokensIn', 'tokensOut'].some((name) => fieldOf(record, name) !== null);
  if (isTrue(record, 'usageMissing')) return unknownUsage;
  if (!isTold) return hasEnded(record) ? unknownUsage : null;
  const counts = new Counts(record, isCount);
  const usage = {
    input: counts.count('tokensIn'),
    output: counts.count('tokensOut'),
    // Left out where there was no cache.
    cacheRead: counts.count('cacheReads') ?? 0,
    cacheWrite: counts.count('cacheWrites') ?? 0,
  };
  return counts.problem ?? usage;
}

/** A provider that did not tell, and a request that was broken off. */
const unknownUsage: Usage = { input: null, output: null, cacheRead: 0, cacheWrite: 0 };

function hasEnded(record: LogRecord): boolean {
  return ['cancelReason', 'streamingFailedMessage'].some((name) => fieldOf(record, name) !== null);
}

export function isNothing({ input, output, cacheRead, cacheWrite }: Usage): boolean {
  return input === 0 && output === 0 && cacheRead === 0 && cacheWrite === 0;
}

export function toTokens({ input, output, cacheRead, cacheWrite }: Usage, kind: InputKind): TokenCounts {
  if (input === null && output === null) return unknownTokens;
  // Less than its own parts: this one was logged without them, whatever the others are.
  const isWhole = kind === 'whole' && input !== null && input >= cacheRead + cacheWrite;
  const uncachedInput = isWhole ? input - cacheRead - cacheWrite : input;
  return { ...noTokens, uncachedInput, cacheRead, cacheWriteUnknown: cacheWrite, output };
}
