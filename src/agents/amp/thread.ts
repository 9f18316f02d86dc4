/** Reads a thread of Amp. What its helpers (sub-agents, oracle, librarian) used is not in it. */

import type { Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { toTitle } from '../../domain/session.ts';
import { noTokens, type TokenCounts } from '../../domain/tokens.ts';
import {
  Counts,
  epochMsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  recordOf,
  recordsOf,
  textOf,
  timeOf,
} from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import { tellPartCalls } from '../partCalls.ts';
import type { LogLine, Sink } from '../reader.ts';
import { ampCalls } from './calls.ts';

const noRecord: LogRecord = {};

export function readThread(document: LogLine, sink: Sink): void {
  const thread = parseRecord(document.text());
  if (thread === null) {
    sink.refuse('malformed');
    return;
  }
  const key = idOf(thread, 'id');
  if (key === null) return;
  const events = recordsOf(recordOf(thread, 'usageLedger') ?? noRecord, 'events');
  const receipts =
    events.length > 0 ? events.map((event) => fromEvent(thread, key, event)) : fromMessages(thread, key);
  for (const receipt of receipts) {
    if (typeof receipt === 'string') sink.refuse(receipt);
    else if (receipt !== null) sink.receipt(receipt);
  }
  tellPartCalls(ampCalls, `${key}/`, recordsOf(thread, 'messages'), sink);
  tellFacts(thread, key, sink);
}

type Outcome = Receipt | RefusalReason | null;

function fromMessages(thread: LogRecord, key: string): readonly Outcome[] {
  return recordsOf(thread, 'messages').map((message) => {
    const usage = recordOf(message, 'usage');
    const id = idOf(message, 'messageId');
    if (usage === null || id === null) return null;
    const tokens = messageTokens(usage);
    if (typeof tokens === 'string') return tokens;
    const atMs = timeIn(usage) ?? epochMsOf(thread, 'created');
    return atMs === null ? 'implausible' : receiptOf(key, id, atMs, nameOf(usage, 'model'), tokens);
  });
}

/** The older ledger tells input and output; what was cached stands with the message. */
function fromEvent(thread: LogRecord, key: string, event: LogRecord): Outcome {
  const counts = new Counts(recordOf(event, 'tokens') ?? noRecord);
  const input = counts.count('input');
  const output = counts.count('output');
  const messageId = idOf(event, 'toMessageId');
  const id = messageId ?? idOf(event, 'id');
  const atMs = timeIn(event);
  if (counts.problem !== null) return counts.problem;
  if (id === null || atMs === null) return id === null ? 'malformed' : 'implausible';
  const message = recordsOf(thread, 'messages').find(
    (each) => messageId !== null && idOf(each, 'messageId') === messageId,
  );
  const usage = message === undefined ? null : recordOf(message, 'usage');
  const cached = usage === null ? unknownCache : messageTokens(usage);
  if (typeof cached === 'string') return cached;
  const { cacheRead, cacheWriteUnknown } = cached;
  const tokens = { ...noTokens, uncachedInput: input, output, cacheRead, cacheWriteUnknown };
  return receiptOf(key, id, atMs, nameOf(event, 'model'), tokens);
}

const unknownCache = { cacheRead: null, cacheWriteUnknown: null };

function messageTokens(usage: LogRecord): TokenCounts | RefusalReason {
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

function receiptOf(key: string, id: string, atMs: number, model: string, tokens: TokenCounts): Receipt {
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

function timeIn(record: LogRecord): number | null {
  return timeOf(record, 'timestamp') ?? epochMsOf(record, 'timestamp');
}

function tellFacts(thread: LogRecord, key: string, sink: Sink): void {
  const title = toTitle(textOf(thread, 'title') ?? '');
  const environment = recordOf(recordOf(thread, 'env') ?? noRecord, 'initial') ?? noRecord;
  const projectPath = treeOf(environment);
  const atMs = epochMsOf(thread, 'created');
  if (fieldOf(thread, 'messages') === null) return;
  sink.session({
    agent: 'amp',
    key,
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
    ...(projectPath !== null && { projectPath }),
    ...(atMs !== null && { atMs }),
  });
}

/** The tree that the thread began in: its path where that is told, else its name. */
function treeOf(environment: LogRecord): string | null {
  const [tree] = recordsOf(environment, 'trees');
  if (tree === undefined) return null;
  const uri = textOf(tree, 'uri');
  return uri?.startsWith('file:///') && !uri.includes('%')
    ? uri.slice('file://'.length)
    : textOf(tree, 'displayName');
}
