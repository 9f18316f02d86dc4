/** The index that older versions keep of an agent's sessions. */

import { epochMsOf, idOf, isRecord, type LogRecord, parseRecord, textOf } from '../fields.ts';
import type { DocumentFormat, Sink } from '../reader.ts';
import { say } from './sessionEntry.ts';

/** Its counts of tokens roll on and are no sums: the sessions' own files have them. */
export const sessionIndex: DocumentFormat = {
  kind: 'document',
  read(_log, document, sink) {
    const index = parseRecord(document.text());
    if (index === null) sink.refuse('malformed');
    else takeIndex(new Map(Object.entries(index).filter(isEntry)), sink);
  },
};

/** Sessions by the name that OpenClaw has for the conversation, such as `agent:main:main`. */
type Index = ReadonlyMap<string, LogRecord>;

function isEntry(entry: [string, unknown]): entry is [string, LogRecord] {
  return isRecord(entry[1]);
}

function takeIndex(index: Index, sink: Sink): void {
  for (const [name, entry] of index) {
    const key = idOf(entry, 'sessionId');
    if (key !== null) say({ key, name, entry, parentKey: parentOf(index, entry) }, sink);
  }
}

/** What started a session is named by its conversation, which may be at a later session since: that one is none's parent. */
function parentOf(index: Index, entry: LogRecord): string | null {
  const parent = index.get(textOf(entry, 'spawnedBy') ?? '');
  if (parent === undefined) return null;
  const startedMs = (each: LogRecord) => epochMsOf(each, 'sessionStartedAt');
  const isLater = (startedMs(parent) ?? 0) > (startedMs(entry) ?? Number.POSITIVE_INFINITY);
  return isLater ? null : idOf(parent, 'sessionId');
}
