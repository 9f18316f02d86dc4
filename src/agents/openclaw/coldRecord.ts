/** Sessions in cold storage: lines of a header and of what the database had of the session, its events among it. */

import { fieldOf, idOf, type LogRecord, nameOf, parseRecord, recordOf } from '../fields.ts';
import type { Memory } from '../pi/memory.ts';
import { takeRecord } from '../pi/sessionParser.ts';
import type { Sink } from '../reader.ts';

/** Takes one record of a session in cold storage. What is neither header nor event is made from the events. */
export function takeColdRecord(memory: Memory, record: LogRecord, sink: Sink): void {
  const kind = nameOf(record, 'kind');
  if (kind === 'header') memory.sessionKey = idOf(record, 'sessionId') ?? memory.sessionKey;
  if (kind !== 'event') return;
  const row = recordOf(record, 'row');
  const text = row === null ? null : fieldOf(row, 'event_json');
  const event = typeof text === 'string' ? parseRecord(text) : null;
  if (event === null) sink.refuse('malformed');
  else takeRecord(memory, event, sink);
}
