/** Calls of tools, in the content of a reply, and their results, each a message of its own. */

import type { Receipt } from '../../domain/receipt.ts';
import { fieldOf, idOf, isTrue, type LogRecord, nameOf, recordsOf } from '../fields.ts';
import type { Sink } from '../reader.ts';
import { utf8Bytes } from '../results.ts';
import { textsOf } from './facts.ts';
import { addCall, type Memory, receiptIdOf } from './memory.ts';

export function takeCalls(memory: Memory, receipt: Receipt, message: LogRecord, sink: Sink): void {
  for (const block of recordsOf(message, 'content')) {
    const id = nameOf(block, 'type') === 'toolCall' ? idOf(block, 'id') : null;
    if (id === null) continue;
    const name = nameOf(block, 'name');
    const input = fieldOf(block, 'arguments');
    addCall(memory, { id, receipt: receipt.id.response });
    sink.toolCall({
      agent: memory.agent,
      receipt: receipt.id,
      id,
      ...(name !== '' && { name }),
      ...(input !== null && { input: JSON.stringify(input) }),
    });
  }
}

export function takeResult(memory: Memory, message: LogRecord, sink: Sink): void {
  const id = idOf(message, 'toolCallId');
  const call = memory.calls.find((waiting) => waiting.id === id);
  if (call === undefined) return;
  memory.calls = memory.calls.filter((waiting) => waiting !== call);
  sink.toolCall({
    agent: memory.agent,
    receipt: receiptIdOf(call.receipt),
    id: call.id,
    isFailed: isTrue(message, 'isError'),
    resultBytes: textsOf(message).reduce((sum, text) => sum + utf8Bytes(text), 0),
  });
}
