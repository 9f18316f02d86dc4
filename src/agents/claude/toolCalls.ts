/** The tools that a response asks for, and the calls that wait for their result. */

import type { ReceiptId } from '../../domain/receipt.ts';
import type { ToolCall } from '../../domain/toolCall.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordsOf } from '../fields.ts';
import type { ToolResult } from './toolResults.ts';

/** A call that waits for its result. */
export interface OpenCall {
  readonly id: string;
  readonly receipt: ReceiptId;
}

/** The calls in the content of a response. Those that the provider answers itself are of types such as `server_tool_use`. */
export function toolCallsOf(message: LogRecord, receipt: ReceiptId): readonly ToolCall[] {
  return recordsOf(message, 'content').flatMap((block) => {
    const id = nameOf(block, 'type').endsWith('tool_use') ? idOf(block, 'id') : null;
    return id === null ? [] : [toToolCall(block, id, receipt)];
  });
}

function toToolCall(block: LogRecord, id: string, receipt: ReceiptId): ToolCall {
  const name = nameOf(block, 'name');
  const input = fieldOf(block, 'input');
  return {
    agent: 'claude-code',
    receipt,
    id,
    ...(name !== '' && { name }),
    ...(input !== null && { input: JSON.stringify(input) }),
  };
}

/** What the result tells about the call that it answers. */
export function toAnswer(call: OpenCall, { bytes, isFailed }: ToolResult): ToolCall {
  return {
    agent: 'claude-code',
    receipt: call.receipt,
    id: call.id,
    ...(bytes !== null && { resultBytes: bytes }),
    isFailed,
  };
}
