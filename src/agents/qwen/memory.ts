/** What is remembered of a chat between two of its lines. */

import type { ReceiptId } from '../../domain/receipt.ts';

export interface Memory {
  sessionKey: string;
  isNamed: boolean;
  hasProject: boolean;
  gitBranch: string;
  /** Prompts of the user so far. */
  turn: number;
  /** The last response that usage was logged of: a sub-agent's calls of tools follow it on lines of their own. */
  lastReceipt: string | null;
  /** What the last line of telemetry said of a request. */
  request: RequestMemory | null;
  /** Lines of a sub-agent with usage so far. */
  rounds: number;
  /** That sub-agent. */
  roundsOf?: string;
  /** Calls of tools without a result, each with the response that asked for it. */
  calls: readonly CallMemory[];
}

export interface RequestMemory {
  readonly totalTokens: number | null;
  readonly durationMs: number;
}

export interface CallMemory {
  readonly id: string;
  readonly receipt: string;
}

/** Calls that may wait at a time: the oldest is forgotten, or a log could fill the memory. */
const mostCalls = 64;

export function newMemory(sessionKey: string): Memory {
  return {
    sessionKey,
    isNamed: false,
    hasProject: false,
    gitBranch: '',
    turn: 0,
    lastReceipt: null,
    request: null,
    rounds: 0,
    calls: [],
  };
}

/** Goes on to another session. A stray line of one does not make a sub-agent count its rounds anew. */
export function enterSession(memory: Memory, key: string): void {
  const { rounds } = memory;
  Object.assign(memory, newMemory(key), { rounds });
}

export function addCall(memory: Memory, call: CallMemory): void {
  memory.calls = [...memory.calls, call].slice(-mostCalls);
}

export function receiptIdOf(response: string): ReceiptId {
  return { response, request: '' };
}
