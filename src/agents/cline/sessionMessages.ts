/** Reads the messages of a session of Cline's second engine, or of one of its sub-agents. */

import type { Dropped, Receipt } from '../../domain/receipt.ts';
import {
  dollarsOf,
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
import { allBut, toReceipt } from '../ownReceipt.ts';
import { tellPartCalls } from '../partCalls.ts';
import type { LogFile, LogLine, Sink } from '../reader.ts';
import { sessionCalls } from './sessionCalls.ts';
import { foldedUsage, ownUsage, type Told, toTokens } from './sessionUsage.ts';

export function readSessionMessages(log: LogFile, document: LogLine, sink: Sink): void {
  const file = parseRecord(document.text());
  if (file === null) {
    sink.refuse('malformed');
    return;
  }
  const { key, parentKey } = placeOf(log);
  const origin = originOf(log);
  const messages = withoutLegacy(recordsOf(file, 'messages'));
  if (messages.length === 0) return;
  if (parentKey !== null) sink.session({ agent: 'cline', key, parentKey });
  const told = toldIn(messages, sink);
  const kept = told.map((each) => ({ response: responseOf(key, each), request: '' }));
  const first = told.find(({ isSum }) => isSum);
  for (const each of told) {
    const receipt = receiptOf(key, each, each === first ? allBut(kept, log.writtenMs) : undefined);
    // The sum is of the fork's own log, whatever of it was copied.
    sink.receipt(each.isSum ? receipt : creditedTo(origin, receipt));
  }
  tellPartCalls(sessionCalls, '', messages, sink);
  tellTimes(key, messages, sink);
}

/** Whose messages a file holds: those of sub-agents lie in the folder of the session that started them. */
function placeOf({ relativePath }: LogFile): { readonly key: string; readonly parentKey: string | null } {
  const [name = '', folder = ''] = relativePath.split('/').reverse();
  const stem = name.replace(/\.messages\.json$/, '');
  return stem === folder ? { key: stem, parentKey: null } : { key: `${folder}/${stem}`, parentKey: folder };
}

/** The session that another was forked from, cloned from, or restored from at a checkpoint: it begins with messages of that. */
interface Origin {
  readonly key: string;
  readonly forkedMs: number;
}

/** As newer manifests tell it, `null` where they do not. Of others the log that was created first is believed. */
function originOf(log: LogFile): Origin | null {
  const [name = ''] = log.relativePath.split('/').reverse();
  const manifest = parseRecord(log.beside?.(name.replace(/\.messages\.json$/, '.json')) ?? '');
  const fork = recordOf(recordOf(manifest ?? {}, 'metadata') ?? {}, 'fork');
  const key = fork === null ? null : idOf(fork, 'forkedFromSessionId');
  const forkedMs = fork === null ? null : timeOf(fork, 'forkedAt');
  return key === null || forkedMs === null ? null : { key, forkedMs };
}

function creditedTo(origin: Origin | null, receipt: Receipt): Receipt {
  if (origin === null || receipt.atMs > origin.forkedMs) return receipt;
  return { ...receipt, sessionKey: origin.key, claim: 'copied' };
}

/** Ids are random, and copies of a session keep them. A time is not unique but within a session. */
function responseOf(key: string, { id, atMs, isSum }: Told): string {
  return `${id ?? `${key}/${atMs}`}${isSum ? '/before' : ''}`;
}

/** How Cline begins to go on with a task of its first engine; later versions put a mark there. */
const legacyNotices = ['this is a legacy conversation', '[cline-legacy-resume-warning:'];

/**
 * What stands before the notice is the task of the first engine, with its sum: the task's own files tell it. The first
 * versions of 2026 gave no notice.
 */
function withoutLegacy(messages: readonly LogRecord[]): readonly LogRecord[] {
  const notice = messages.findIndex((message) => legacyNotices.some((words) => mentions(message, words)));
  return messages.slice((notice < 0 ? legacySumIn(messages) : notice) + 1);
}

/** The sum stands in the last reply of the task, as if it were of that: usage before any other, by nobody known. */
function legacySumIn(messages: readonly LogRecord[]): number {
  const first = messages.findIndex((message) => recordOf(message, 'metrics') !== null);
  const info = recordOf(messages[first] ?? {}, 'modelInfo') ?? {};
  return nameOf(info, 'provider') === 'unknown' ? first : -1;
}

function mentions(message: LogRecord, words: string): boolean {
  const content = fieldOf(message, 'content');
  if (typeof content === 'string') return content.includes(words);
  return recordsOf(message, 'content').some((part) => textOf(part, 'text')?.includes(words));
}

function toldIn(messages: readonly LogRecord[], sink: Sink): readonly Told[] {
  return messages.flatMap((message) =>
    [foldedUsage(message), ownUsage(message)].flatMap((told) => {
      if (typeof told === 'string') sink.refuse(told);
      return told === null || typeof told === 'string' ? [] : [told];
    }),
  );
}

function receiptOf(key: string, told: Told, dropped: Dropped | undefined): Receipt {
  const { message, atMs, usage, record, isSum } = told;
  const info = recordOf(message, 'modelInfo') ?? {};
  const provider = nameOf(info, 'provider');
  return toReceipt({
    agent: 'cline',
    response: responseOf(key, told),
    sessionKey: key,
    atMs,
    model: nameOf(info, 'id'),
    tokens: toTokens(usage),
    reportedCost: dollarsOf(record, 'cost') ?? dollarsOf(record, 'totalCost'),
    quality: isSum ? 'sessionTotal' : 'exact',
    circumstances: provider === '' ? {} : { provider },
    ...(dropped !== undefined && { dropped }),
  });
}

function tellTimes(key: string, messages: readonly LogRecord[], sink: Sink): void {
  const times = messages.map((message) => epochMsOf(message, 'ts')).filter((atMs) => atMs !== null);
  for (const atMs of [times[0], times.at(-1)]) {
    if (atMs !== undefined) sink.session({ agent: 'cline', key, atMs });
  }
}
