/**
 * The tools that a response of Codex asks for. Calls are logged before the usage of their response, results after it or
 * before, so a call waits for its receipt and then for its result.
 */

import { createHash } from 'node:crypto';
import type { ReceiptId } from '../../domain/receipt.ts';
import type { ToolCall } from '../../domain/toolCall.ts';
import { fieldOf, idOf, type LogRecord, nameOf } from '../fields.ts';
import type { ToolResult } from './toolResults.ts';

/** A call whose response is not known yet. It may be remembered for long, so of its input only a digest is. */
export interface WaitingCall {
  readonly id: string;
  readonly name: string;
  readonly input: string | null;
  readonly result: ToolResult | null;
}

/** A call that waits for its result. */
export interface OpenCall {
  readonly id: string;
  readonly receipt: string;
}

/** Where each kind of call has what went in. Those of a list or record are taken as JSON. */
const inputFields: Readonly<Record<string, string>> = {
  function_call: 'arguments',
  custom_tool_call: 'input',
  local_shell_call: 'action',
  web_search_call: 'action',
};

/** The call that a `response_item` is, `null` when it is none. */
export function toWaitingCall(item: LogRecord): WaitingCall | null {
  const type = nameOf(item, 'type');
  const field = Object.hasOwn(inputFields, type) ? inputFields[type] : undefined;
  const id = idOf(item, 'call_id') ?? idOf(item, 'id');
  if (field === undefined || id === null) return null;
  const name = nameOf(item, 'name') || type.replace(/_call$/, '');
  return { id, name, input: digest(fieldOf(item, field)), result: null };
}

function digest(input: unknown): string | null {
  if (input === null) return null;
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

export function toToolCall({ id, name, input, result }: WaitingCall, receipt: ReceiptId): ToolCall {
  return {
    agent: 'codex',
    receipt,
    id,
    name,
    ...(input !== null && { input }),
    ...(result !== null && toldBy(result)),
  };
}

/** What the result tells about the call that it answers. */
export function toAnswer({ id, receipt }: OpenCall, result: ToolResult): ToolCall {
  return { agent: 'codex', receipt: { response: receipt, request: '' }, id, ...toldBy(result) };
}

function toldBy({ bytes, isFailed }: ToolResult): Pick<ToolCall, 'resultBytes' | 'isFailed'> {
  return { ...(bytes !== null && { resultBytes: bytes }), ...(isFailed !== null && { isFailed }) };
}
