/** The receipt on a line of the model's. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { Counts, idOf, type LogRecord, nameOf, recordOf } from '../fields.ts';
import { qualityOf, toTokens } from '../googleUsage.ts';
import type { Entry } from './entry.ts';
import { type Memory, type RequestMemory, receiptIdOf } from './memory.ts';

/** The receipt, or why it is refused. The line's own id is its identity, which a fork keeps. */
export function toReceipt(memory: Memory, entry: Entry, usage: LogRecord): Receipt | RefusalReason {
  const counts = new Counts(usage);
  const total = counts.count('totalTokenCount');
  const tokens = toTokens({
    prompt: counts.count('promptTokenCount'),
    cached: counts.count('cachedContentTokenCount'),
    output: counts.count('candidatesTokenCount'),
    thoughts: counts.count('thoughtsTokenCount'),
    toolPrompt: counts.count('toolUsePromptTokenCount'),
    total,
  });
  if (counts.problem !== null) return counts.problem;
  if (typeof tokens === 'string') return tokens;
  const { record, key, claim, atMs } = entry;
  if (atMs === null) return 'implausible';
  const { request, turn } = memory;
  return {
    agent: 'qwen-code',
    id: receiptIdOf(idOf(record, 'uuid') ?? `${key}/${atMs}`),
    sessionKey: key,
    claim,
    atMs,
    model: nameOf(record, 'model'),
    tokens,
    webSearches: 0,
    terms: {},
    circumstances: {
      ...(claim === 'own' && turn > 0 && { turn }),
      ...(request !== null && request.totalTokens === total && { durationMs: request.durationMs }),
    },
    reportedCost: null,
    quality: qualityOf(tokens),
  };
}

/** What a line of telemetry tells of the request that the next reply answers. */
export function requestOf(record: LogRecord): RequestMemory | null {
  const payload = recordOf(record, 'systemPayload');
  const event = payload === null ? null : recordOf(payload, 'uiEvent');
  if (event === null || nameOf(event, 'event.name') !== 'qwen-code.api_response') return null;
  const counts = new Counts(event);
  const durationMs = counts.count('duration_ms');
  return durationMs === null ? null : { totalTokens: counts.count('total_token_count'), durationMs };
}
