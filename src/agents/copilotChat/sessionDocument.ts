/** Reads a chat that is kept as one document. */

import { parseRecord } from '../fields.ts';
import type { LogFile, LogLine, Sink } from '../reader.ts';
import { Chat } from './chat.ts';

export function readSessionDocument(log: LogFile, document: LogLine, sink: Sink): void {
  const text = document.text();
  const session = parseRecord(text);
  if (session === null) {
    sink.refuse('malformed');
    return;
  }
  const chat = new Chat(log);
  chat.isWhole = Buffer.byteLength(text) >= document.byteLength;
  chat.takeState(session, sink);
}
