/** Reads the list of Continue's sessions. */

import { toTitle } from '../../domain/session.ts';
import { epochMsOf, fieldOf, idOf, type LogRecord, parseRecords, textOf, timeOf } from '../fields.ts';
import type { LogLine, Sink } from '../reader.ts';

export function readSessionList(document: LogLine, sink: Sink): void {
  const items = parseRecords(document.text());
  if (items === null) {
    sink.refuse('malformed');
    return;
  }
  for (const item of items) {
    const key = idOf(item, 'sessionId');
    const atMs = createdMs(item);
    if (key === null) continue;
    sink.session({ agent: 'continue', key, ...factsOf(item), ...(atMs !== null && { atMs }) });
  }
}

/** What the list and the session itself tell in the same words. Titles are made by a model, or are the first prompt. */
export function factsOf(item: LogRecord) {
  const title = toTitle(textOf(item, 'title') ?? '');
  const projectPath = textOf(item, 'workspaceDirectory');
  return {
    ...(title !== undefined && { title: { text: title, source: 'generated' as const } }),
    ...(projectPath !== null && { projectPath }),
  };
}

/** Milliseconds, which most versions log as text, or an ISO time. */
export function createdMs(item: LogRecord): number | null {
  const value = fieldOf(item, 'dateCreated');
  const digits = typeof value === 'string' && /^\d{13}$/.test(value);
  return digits
    ? epochMsOf({ value: Number(value) }, 'value')
    : (epochMsOf(item, 'dateCreated') ?? timeOf(item, 'dateCreated'));
}
