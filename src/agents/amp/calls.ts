/** Calls of tools in a thread of Amp. */

import { fieldOf, idOf, jsonOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import type { Sink } from '../reader.ts';

export function tellCalls(key: string, messages: readonly LogRecord[], sink: Sink): void {
  const callers = new Map<string, string>();
  for (const message of messages) {
    const caller = idOf(message, 'messageId');
    for (const part of recordsOf(message, 'content')) {
      if (nameOf(part, 'type') === 'tool_use' && caller !== null) tellCall(key, caller, part, callers, sink);
      if (nameOf(part, 'type') === 'tool_result') tellResult(key, part, callers, sink);
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
    agent: 'amp',
    receipt: { response: `${key}/${caller}`, request: '' },
    id,
    ...(name !== '' && { name }),
    ...(input !== null && { input }),
  });
}

/** A result names the call and not the message that asked for it. */
function tellResult(key: string, part: LogRecord, callers: ReadonlyMap<string, string>, sink: Sink): void {
  const id = idOf(part, 'toolUseID');
  const caller = id === null ? undefined : callers.get(id);
  const run = recordOf(part, 'run');
  if (id === null || caller === undefined || run === null) return;
  const result = fieldOf(run, 'result');
  const status = nameOf(run, 'status');
  sink.toolCall({
    agent: 'amp',
    receipt: { response: `${key}/${caller}`, request: '' },
    id,
    ...(status !== '' && { isFailed: status === 'error' || fieldOf(run, 'error') !== null }),
    ...(typeof result === 'string' && { resultBytes: Buffer.byteLength(result) }),
  });
}
