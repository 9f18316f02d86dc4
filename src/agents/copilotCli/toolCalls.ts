/** Calls of tools in the events of Copilot CLI: a message asks for them, and a later event has what came of each. */

import type { ReceiptId } from '../../domain/receipt.ts';
import type { ToolCall } from '../../domain/toolCall.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';
import type { Call } from './memory.ts';

/** The call that a message asks for, `null` where it has no id. */
export function requestedCall(request: LogRecord, receipt: ReceiptId): ToolCall | null {
  const id = idOf(request, 'toolCallId');
  const name = nameOf(request, 'name');
  const input = fieldOf(request, 'arguments');
  if (id === null) return null;
  return {
    agent: 'copilot-cli',
    receipt,
    id,
    ...(name !== '' && { name }),
    ...(input !== null && { input: typeof input === 'string' ? input : JSON.stringify(input) }),
  };
}

/** What came of a call. A command that failed is a call that succeeded. */
export function finishedCall(data: LogRecord, { id, receipt }: Call): ToolCall {
  const result = textOf(recordOf(data, 'result') ?? {}, 'content');
  const text = result ?? textOf(recordOf(data, 'error') ?? {}, 'message') ?? '';
  const exitCode = fieldOf(recordOf(data, 'shellExecution') ?? {}, 'exitCode');
  return {
    agent: 'copilot-cli',
    receipt,
    id,
    resultBytes: new TextEncoder().encode(text).length,
    isFailed: fieldOf(data, 'success') === false || (typeof exitCode === 'number' && exitCode !== 0),
  };
}
