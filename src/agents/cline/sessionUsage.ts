/** What requests of a session used, and what of it a compaction left as a sum. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenCount, isTokenSum, noTokens, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, epochMsOf, idOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { isNothing, type Usage } from '../tasks/usage.ts';

/** Usage that a message tells of. */
export interface Told {
  /** Of the message, where it bears one. */
  readonly id: string | null;
  readonly message: LogRecord;
  readonly atMs: number;
  readonly usage: Usage;
  /** In which the cost stands. */
  readonly record: LogRecord;
  readonly isSum: boolean;
}

const noRecord: LogRecord = {};

/** What a message tells of its own request, why that is refused, or `null` where it tells nothing. */
export function ownUsage(message: LogRecord): Told | RefusalReason | null {
  const metrics = recordOf(message, 'metrics');
  const isAnswer = nameOf(message, 'role') === 'assistant';
  return metrics === null || !isAnswer ? null : toTold(message, metrics, false);
}

/** What a message tells of those that a compaction folded into it, likewise. */
export function foldedUsage(message: LogRecord): Told | RefusalReason | null {
  const metadata = recordOf(message, 'metadata') ?? noRecord;
  const before = recordOf(metadata, 'usageBefore');
  return before === null || nameOf(metadata, 'kind') !== 'compaction' ? null : toTold(message, before, true);
}

function toTold(message: LogRecord, record: LogRecord, isSum: boolean): Told | RefusalReason | null {
  const usage = readUsage(record, isSum);
  const atMs = epochMsOf(message, 'ts');
  if (typeof usage === 'string') return usage;
  if (atMs === null) return 'implausible';
  return isNothing(usage) ? null : { id: idOf(message, 'id'), message, atMs, usage, record, isSum };
}

function readUsage(record: LogRecord, isSum: boolean): Usage | RefusalReason {
  const counts = new Counts(record, isSum ? isTokenSum : isTokenCount);
  const usage = {
    input: counts.count('inputTokens'),
    output: counts.count('outputTokens'),
    cacheRead: counts.count('cacheReadTokens') ?? 0,
    cacheWrite: counts.count('cacheWriteTokens') ?? 0,
  };
  return counts.problem ?? usage;
}

/** The input is the whole prompt; of providers that hand over less than what was cached, nothing else is taken for input. */
export function toTokens({ input, output, cacheRead, cacheWrite }: Usage): TokenCounts {
  const uncachedInput = input === null ? null : Math.max(0, input - cacheRead - cacheWrite);
  return { ...noTokens, uncachedInput, cacheRead, cacheWriteUnknown: cacheWrite, output };
}
