/** The receipts of a chat: one on each line of the model's, and those of requests that only telemetry tells of. */

import type { Circumstances, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { type TokenCounts, totalTokens } from '../../domain/tokens.ts';
import { idOf, type LogRecord, nameOf } from '../fields.ts';
import { qualityOf } from '../googleUsage.ts';
import type { Entry } from './entry.ts';
import { addRound, type Memory, type RequestMemory, receiptIdOf } from './memory.ts';
import type { ApiResponse, Helper } from './telemetry.ts';
import { type Counted, countedIn, readUsage, replyNames, telemetryNames } from './usage.ts';

/**
 * The receipt of a reply, or why it is refused.
 *
 * @param request what telemetry told of its request, if it did
 */
export function replyReceipt(
  memory: Memory,
  entry: Entry,
  usage: LogRecord,
  request: RequestMemory | null,
): Receipt | RefusalReason {
  const counted = readUsage(usage, replyNames);
  if (typeof counted === 'string') return counted;
  const { record, key } = entry;
  return toReceipt(entry, {
    // A fork keeps the line's own id.
    response: entry.agentId === null ? idOf(record, 'uuid') : roundId(memory, key, counted),
    sessionKey: key,
    model: nameOf(record, 'model'),
    tokens: counted.tokens,
    circumstances: circumstancesOf(memory, entry, request?.durationMs ?? null),
  });
}

/** What telemetry tells of a request of the session's own. Most have a reply, whose receipt stands for both. */
export function requestOf(memory: Memory, entry: Entry, { event, durationMs }: ApiResponse): RequestMemory {
  const counted = countedIn(event, telemetryNames);
  const usage = readUsage(event, telemetryNames);
  if (typeof usage === 'string') return { counted, durationMs, receipt: usage };
  const { tokens } = usage;
  const receipt = toReceipt(entry, {
    response: idOf(entry.record, 'uuid'),
    sessionKey: entry.key,
    model: nameOf(event, 'model'),
    tokens,
    circumstances: circumstancesOf(memory, entry, durationMs),
  });
  return { counted, durationMs, receipt: totalTokens(tokens) === 0 ? null : receipt };
}

/**
 * The receipt of what a helper asked the model. Those that Qwen Code sends out by itself leave no transcript; where a
 * sub-agent has one, the two are one by what they count, and this one knows the model.
 */
export function helperReceipt(
  memory: Memory,
  entry: Entry,
  helper: Helper,
  { event, durationMs }: ApiResponse,
): Receipt | RefusalReason {
  const counted = readUsage(event, telemetryNames);
  if (typeof counted === 'string') return counted;
  return toReceipt(entry, {
    response: roundId(memory, helper.key, counted),
    sessionKey: helper.key,
    model: nameOf(event, 'model'),
    tokens: counted.tokens,
    circumstances: durationMs === null ? {} : { durationMs },
  });
}

function circumstancesOf({ turn }: Memory, { claim }: Entry, durationMs: number | null): Circumstances {
  return { ...(claim === 'own' && turn > 0 && { turn }), ...(durationMs !== null && { durationMs }) };
}

/**
 * Transcripts and telemetry number rounds in ways of their own, which part when a sub-agent is taken up again or a round
 * fails. Both tell of them in one order: what is counted, and how often it was before, is the same in both.
 */
function roundId(memory: Memory, key: string, { usage }: Counted): string {
  const { prompt, cached, output, thoughts } = usage;
  const counted = [key, ...[prompt, cached, output, thoughts].map((count) => count ?? 0)].join('/');
  return `${counted}/${addRound(memory, counted)}`;
}

interface Draft {
  readonly response: string | null;
  readonly sessionKey: string;
  readonly model: string;
  readonly tokens: TokenCounts;
  readonly circumstances: Circumstances;
}

function toReceipt({ claim, atMs }: Entry, { response, ...draft }: Draft): Receipt | RefusalReason {
  if (atMs === null) return 'implausible';
  return {
    agent: 'qwen-code',
    id: receiptIdOf(response ?? `${draft.sessionKey}/${atMs}`),
    claim,
    atMs,
    webSearches: 0,
    terms: {},
    reportedCost: null,
    quality: qualityOf(draft.tokens),
    ...draft,
  };
}
