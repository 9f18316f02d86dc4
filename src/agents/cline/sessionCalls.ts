/** Calls of tools in a session: the message that asks for one, and the later one that holds its result. */

import { fieldOf, idOf, isTrue, jsonOf, type LogRecord, nameOf, recordsOf } from '../fields.ts';
import type { Sink } from '../reader.ts';

export function tellCalls(key: string, messages: readonly LogRecord[], sink: Sink): void {
  const callers = new Map<string, string>();
  for (const message of messages) {
    const caller = idOf(message, 'id');
    for (const part of recordsOf(message, 'content')) {
      const type = nameOf(part, 'type');
      if (type === 'tool_use' && caller !== null) tellCall(key, caller, part, callers, sink);
      if (type === 'tool_result') tellResult(key, part, callers, sink);
    }
  }
}

function tellCall(
  key: string,
  caller: string,
  part: LogRecord,
  callers: Map<string, string>,
  sink: Sink,
): void {
  const id = idOf(part, 'id');
  if (id === null) return;
  callers.set(id, caller);
  const name = nameOf(part, 'name');
  const input = jsonOf(part, 'input');
  sink.toolCall({
    agent: 'cline',
    receipt: { response: `${key}/${caller}`, request: '' },
    id,
    ...(name !== '' && { name }),
    ...(input !== null && { input }),
  });
}

/** A result names the call and not the message that asked for it. */
function tellResult(key: string, part: LogRecord, callers: ReadonlyMap<string, string>, sink: Sink): void {
  const id = idOf(part, 'tool_use_id');
  const caller = id === null ? undefined : callers.get(id);
  if (id === null || caller === undefined) return;
  const content = fieldOf(part, 'content');
  sink.toolCall({
    agent: 'cline',
    receipt: { response: `${key}/${caller}`, request: '' },
    id,
    isFailed: isTrue(part, 'is_error'),
    ...(typeof content === 'string' && { resultBytes: Buffer.byteLength(content) }),
  });
}
