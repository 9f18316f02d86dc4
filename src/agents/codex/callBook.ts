/** Brings calls, receipts and results together, which a rollout tells one after the other. */

import type { ReceiptId } from '../../domain/receipt.ts';
import type { Sink } from '../reader.ts';
import { keepLast, type Memory } from './memory.ts';
import { toAnswer, toToolCall } from './toolCalls.ts';
import type { ToolResult } from './toolResults.ts';

/** Whether a call waits for its receipt or its result. */
export function isWaiting({ waitingCalls, openCalls }: Memory, callId: string): boolean {
  return waitingCalls.some(({ id }) => id === callId) || openCalls.some(({ id }) => id === callId);
}

/** Credits the calls that wait for a receipt to it. */
export function credit(memory: Memory, receipt: ReceiptId, sink: Sink): void {
  const calls = memory.waitingCalls;
  for (const call of calls) sink.toolCall(toToolCall(call, receipt));
  const unanswered = calls.filter(({ result }) => (result?.bytes ?? null) === null);
  const open = unanswered.map(({ id }) => ({ id, receipt: receipt.response }));
  memory.openCalls = keepLast([...memory.openCalls, ...open]);
}

/** Tells what came of a call, now or with its receipt. After the result itself nothing more is to come. */
export function answer(memory: Memory, result: ToolResult | null, sink: Sink): void {
  if (result === null) return;
  memory.waitingCalls = memory.waitingCalls.map((call) =>
    call.id === result.callId ? { ...call, result: both(call.result, result) } : call,
  );
  const call = memory.openCalls.find(({ id }) => id === result.callId);
  if (call === undefined) return;
  if (result.bytes !== null) memory.openCalls = memory.openCalls.filter((open) => open !== call);
  sink.toolCall(toAnswer(call, result));
}

function both(a: ToolResult | null, b: ToolResult): ToolResult {
  return a === null ? b : { ...b, bytes: b.bytes ?? a.bytes, isFailed: b.isFailed ?? a.isFailed };
}
