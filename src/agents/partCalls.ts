/**
 * Calls of tools in a log whose messages are lists of parts: one message asks for a call, a later one holds its result.
 * A result names the call and not the message that asked for it.
 */

import type { AgentId } from '../domain/agent.ts';
import type { ReceiptId } from '../domain/receipt.ts';
import type { ToolCall } from '../domain/toolCall.ts';
import { idOf, jsonOf, type LogRecord, nameOf, recordsOf } from './fields.ts';
import type { Sink } from './reader.ts';

export type PartResult = Pick<ToolCall, 'isFailed' | 'resultBytes'>;

export interface PartDialect {
  readonly agent: AgentId;
  /** Field of a message that names it. */
  readonly messageId: string;
  /** Field of a result that names the call. */
  readonly callId: string;
  /** What the part of a result tells; `null` while there is no result in it. */
  resultOf(part: LogRecord): PartResult | null;
}

/** @param prefix what stands before the id of a message in that of its receipt */
export function tellPartCalls(
  dialect: PartDialect,
  prefix: string,
  messages: readonly LogRecord[],
  sink: Sink,
): void {
  const askers = new Map<string, ReceiptId>();
  for (const message of messages) {
    const asker = idOf(message, dialect.messageId);
    for (const part of recordsOf(message, 'content')) {
      const type = nameOf(part, 'type');
      if (type === 'tool_use' && asker !== null) tellCall(`${prefix}${asker}`, part);
      if (type === 'tool_result') tellResult(part);
    }
  }

  function tellCall(response: string, part: LogRecord): void {
    const id = idOf(part, 'id');
    if (id === null) return;
    const receipt = { response, request: '' };
    askers.set(id, receipt);
    const name = nameOf(part, 'name');
    const input = jsonOf(part, 'input');
    sink.toolCall({
      agent: dialect.agent,
      receipt,
      id,
      ...(name !== '' && { name }),
      ...(input !== null && { input }),
    });
  }

  function tellResult(part: LogRecord): void {
    const id = idOf(part, dialect.callId);
    const receipt = id === null ? undefined : askers.get(id);
    const result = dialect.resultOf(part);
    if (id === null || receipt === undefined || result === null) return;
    sink.toolCall({ agent: dialect.agent, receipt, id, ...result });
  }
}
