/**
 * Reads a session of Continue. Its command line writes what the session used in all; the extension writes nothing of it.
 * No message bears a time.
 */

import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenSum, noTokens, type TokenCounts } from '../../domain/tokens.ts';
import {
  Counts,
  dollarsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  parseRecords,
  recordOf,
  recordsOf,
} from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { LogFile, LogLine, Sink } from '../reader.ts';
import { createdMs, factsOf } from './sessionList.ts';

const noRecord: LogRecord = {};

export function readSession(log: LogFile, document: LogLine, sink: Sink): void {
  const session = parseRecord(document.text());
  if (session === null) {
    sink.refuse('malformed');
    return;
  }
  const key = idOf(session, 'sessionId');
  if (key === null) return;
  const atMs = timeOfSession(log, key);
  sink.session({ agent: 'continue', key, ...factsOf(session), ...(atMs !== null && { atMs }) });
  tellCalls(session, key, sink);
  const usage = recordOf(session, 'usage');
  if (usage === null) return;
  const tokens = toTokens(usage, isBare(session));
  if (typeof tokens === 'string' || atMs === null) {
    sink.refuse(typeof tokens === 'string' ? tokens : 'implausible');
    return;
  }
  sink.receipt(
    toReceipt({
      agent: 'continue',
      response: key,
      sessionKey: key,
      atMs,
      model: nameOf(session, 'chatModelTitle'),
      tokens,
      reportedCost: dollarsOf(usage, 'totalCost'),
      quality: 'sessionTotal',
    }),
  );
}

/** When it was last written, and where that is not known when it began. */
function timeOfSession(log: LogFile, key: string): number | null {
  if (log.writtenMs !== undefined) return Math.floor(log.writtenMs);
  const items = parseRecords(log.beside?.('sessions.json') ?? '') ?? [];
  const item = items.find((each) => idOf(each, 'sessionId') === key);
  return item === undefined ? null : createdMs(item);
}

/**
 * Whether the prompt holds nothing of what was cached. It does not where Anthropic's own interface was asked, and what
 * was read from a cache Continue logs of that alone, but for models that it asks through Vercel's SDK: these are named
 * otherwise, or with their vendor, such as `anthropic/claude-opus-4-5`. Some versions name no model.
 */
function isBare(session: LogRecord): boolean {
  const messages = recordsOf(session, 'history').map((item) => recordOf(item, 'message') ?? noRecord);
  const usages = messages.map((message) => recordOf(message, 'usage') ?? noRecord);
  const models = [nameOf(session, 'chatModelTitle'), ...usages.map((usage) => nameOf(usage, 'model'))];
  return models.every((model) => model === '' || /^claude/i.test(model));
}

/** A prompt that is less than what was cached does not hold it, whatever was asked. */
function toTokens(usage: LogRecord, isBare: boolean): TokenCounts | RefusalReason {
  const counts = new Counts(usage, isTokenSum);
  const details = new Counts(recordOf(usage, 'promptTokensDetails') ?? noRecord, isTokenSum);
  const prompt = counts.count('promptTokens');
  const output = counts.count('completionTokens');
  const cacheRead = details.count('cachedTokens') ?? 0;
  const cacheWrite = details.count('cacheWriteTokens') ?? 0;
  const problem = counts.problem ?? details.problem;
  if (problem !== null) return problem;
  const held = isBare ? 0 : cacheRead + cacheWrite;
  const uncachedInput = prompt !== null && prompt >= held ? prompt - held : prompt;
  return { ...noTokens, uncachedInput, cacheRead, cacheWriteUnknown: cacheWrite, output };
}

/** All of a session's calls belong to its one receipt. */
function tellCalls(session: LogRecord, key: string, sink: Sink): void {
  for (const state of recordsOf(session, 'history').flatMap((item) => recordsOf(item, 'toolCallStates'))) {
    const id = idOf(state, 'toolCallId');
    if (id === null) continue;
    const call = recordOf(recordOf(state, 'toolCall') ?? noRecord, 'function') ?? noRecord;
    const name = nameOf(call, 'name');
    const input = fieldOf(call, 'arguments');
    const status = nameOf(state, 'status');
    sink.toolCall({
      agent: 'continue',
      receipt: { response: key, request: '' },
      id,
      ...(name !== '' && { name }),
      ...(typeof input === 'string' && { input }),
      ...(['done', 'errored', 'canceled'].includes(status) && { isFailed: status !== 'done' }),
    });
  }
}
