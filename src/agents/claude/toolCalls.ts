/** The tools that a response asks for, and the calls that wait for their result. */

import type { ReceiptId } from '../../domain/receipt.ts';
import type { ToolCall } from '../../domain/toolCall.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordsOf } from '../fields.ts';
import { keepLast, type Memory } from './memory.ts';
import type { ToolResult } from './toolResults.ts';

/** A call that waits for its result. */
export interface OpenCall {
  readonly id: string;
  readonly receipt: ReceiptId;
}

/**
 * The calls in the content of a response. Those that the provider answers itself are of types such as `server_tool_use`.
 *
 * @param onlyInput the input of its only call, where it was taken out
 */
export function toolCallsOf(
  message: LogRecord,
  receipt: ReceiptId,
  onlyInput: Uint8Array | null,
): readonly ToolCall[] {
  return recordsOf(message, 'content').flatMap((block) => {
    const id = nameOf(block, 'type').endsWith('tool_use') ? idOf(block, 'id') : null;
    return id === null ? [] : [toToolCall(block, id, receipt, onlyInput ?? inputOf(block))];
  });
}

function toToolCall(
  block: LogRecord,
  id: string,
  receipt: ReceiptId,
  input: string | Uint8Array | null,
): ToolCall {
  const name = nameOf(block, 'name');
  return {
    agent: 'claude-code',
    receipt,
    id,
    ...(name !== '' && { name }),
    ...(input !== null && { input }),
  };
}

function inputOf(block: LogRecord): string | null {
  const input = fieldOf(block, 'input');
  return input === null ? null : JSON.stringify(input);
}

/** Calls that have come, to wait for their results; the same call may come again. */
export function keepOpen(memory: Memory, calls: readonly OpenCall[]): void {
  const others = memory.openCalls.filter(({ id }) => !calls.some((call) => call.id === id));
  memory.openCalls = keepLast([...others, ...calls]);
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
