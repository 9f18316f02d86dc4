/** Calls of tools and their results, which stand on lines of their own. */

import { fieldOf, idOf, type LogRecord, nameOf, recordOf, recordsOf } from '../fields.ts';
import type { Sink } from '../reader.ts';
import { resultBytesOf } from '../results.ts';
import { addCall, type Memory, receiptIdOf } from './memory.ts';

export function partsOf(record: LogRecord): readonly LogRecord[] {
  const message = recordOf(record, 'message');
  return message === null ? [] : recordsOf(message, 'parts');
}

/** Takes the calls of a model's line, which are those of the last response. */
export function takeCalls(memory: Memory, record: LogRecord, sink: Sink): void {
  const receipt = memory.lastReceipt;
  if (receipt === null) return;
  for (const call of functionCalls(record)) {
    const id = idOf(call, 'id');
    if (id === null) continue;
    const name = nameOf(call, 'name');
    const args = fieldOf(call, 'args');
    addCall(memory, { id, receipt });
    sink.toolCall({
      agent: 'qwen-code',
      receipt: receiptIdOf(receipt),
      id,
      ...(name !== '' && { name }),
      ...(args !== null && { input: JSON.stringify(args) }),
    });
  }
}

export function functionCalls(record: LogRecord): readonly LogRecord[] {
  return partsOf(record)
    .map((part) => recordOf(part, 'functionCall'))
    .filter((call) => call !== null);
}

export function takeResults(memory: Memory, record: LogRecord, sink: Sink): void {
  const result = recordOf(record, 'toolCallResult');
  const id = result === null ? null : idOf(result, 'callId');
  const call = memory.calls.find((waiting) => waiting.id === id);
  if (result === null || call === undefined) return;
  memory.calls = memory.calls.filter((waiting) => waiting !== call);
  const bytes = resultBytesOf(partsOf(record));
  sink.toolCall({
    agent: 'qwen-code',
    receipt: receiptIdOf(call.receipt),
    id: call.id,
    isFailed: isFailed(record, nameOf(result, 'status')),
    ...(bytes !== null && { resultBytes: bytes }),
  });
}

/** Sub-agents give no status to what went well, nor always to what did not. */
function isFailed(record: LogRecord, status: string): boolean {
  if (status !== '') return status !== 'success';
  return partsOf(record).some((part) => {
    const response = recordOf(recordOf(part, 'functionResponse') ?? {}, 'response');
    return response !== null && fieldOf(response, 'error') !== null;
  });
}
