/** The index that older versions keep of an agent's sessions. */

import { idOf, isRecord, type LogRecord, parseRecord, textOf } from '../fields.ts';
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
    const parent = index.get(textOf(entry, 'spawnedBy') ?? '');
    if (key !== null)
      say({ key, name, entry, parentKey: parent === undefined ? null : idOf(parent, 'sessionId') }, sink);
  }
}
