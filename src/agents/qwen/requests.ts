/**
 * The session's own requests as telemetry tells of them, held against the replies: what brought none was billed all the
 * same, such as a summary of what had been said, or a reply that was thrown away.
 */

import type { Memory, RequestMemory } from './memory.ts';

/** Requests that may wait at a time: the oldest is forgotten, or a log could fill the memory. */
const mostRequests = 16;

/** What telemetry logs behind the reply is the reply's. */
export function addRequest(memory: Memory, request: RequestMemory): void {
  if (request.counted === memory.untoldReply) memory.untoldReply = null;
  else memory.requests = [...memory.requests, request].slice(-mostRequests);
}

/** A reply's own request, if telemetry told of it, and those that brought none. */
export interface Asked {
  readonly own: RequestMemory | null;
  readonly unanswered: readonly RequestMemory[];
}

/**
 * Qwen Code logs a request before its reply, so of those before the reply's own one none is answered any more. Where none
 * is like the reply, the last may be its own, and is not taken for another.
 *
 * @param counted of the reply, as `countedIn` gives it
 */
export function requestsOfReply(memory: Memory, counted: string): Asked {
  const waiting = memory.requests;
  const found = waiting.findLastIndex((request) => request.counted === counted);
  const at = found < 0 ? waiting.length - 1 : found;
  memory.untoldReply = found < 0 ? counted : null;
  memory.requests = waiting.slice(at + 1);
  return { own: waiting[found] ?? null, unanswered: waiting.slice(0, Math.max(0, at)) };
}

/** A history is replaced by its summary between two replies. */
export function requestsOfCompression(memory: Memory): readonly RequestMemory[] {
  const waiting = memory.requests;
  memory.requests = [];
  return waiting;
}
