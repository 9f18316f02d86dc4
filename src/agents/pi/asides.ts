/** What is spent beside replies: on summaries, on keeping a cache warm, and by tools that ask models themselves. */

import { fieldOf, type LogRecord, nameOf } from '../fields.ts';
import type { Memory } from './memory.ts';

/** Each tells which model was asked: by Pi and, with the reason why the model stopped, by OMP. */
const ownCalls = new Set(['usage', 'model_usage']);

const summaries = new Set(['compaction', 'branch_summary']);

/** An entry in the form of a reply, where it tells of spending; `null` where it does not. */
export function asideOf({ model, provider }: Memory, entry: LogRecord): LogRecord | null {
  const type = nameOf(entry, 'type');
  const usage = fieldOf(entry, 'usage');
  if (usage === null) return null;
  if (ownCalls.has(type)) {
    const [api, stopReason] = [nameOf(entry, 'api'), nameOf(entry, 'stopReason')];
    return { usage, model: nameOf(entry, 'model'), provider: nameOf(entry, 'provider'), api, stopReason };
  }
  // The model that the session is at is asked for them.
  return summaries.has(type) ? { usage, model, provider } : null;
}

/** Of several responses, whose number is not told. */
export function isSumOfSeveral(entry: LogRecord, message: LogRecord): boolean {
  return summaries.has(nameOf(entry, 'type')) || nameOf(message, 'role') === 'toolResult';
}

/** What of a message or of a change of models tells which model the session is at. */
export function noteModel(memory: Memory, record: LogRecord): void {
  memory.model = nameOf(record, 'modelId') || nameOf(record, 'model') || memory.model;
  memory.provider = nameOf(record, 'provider') || memory.provider;
}
