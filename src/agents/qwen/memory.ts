/** What is remembered of a chat between two of its lines. */

import type { Receipt, ReceiptId } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';

export interface Memory {
  sessionKey: string;
  isNamed: boolean;
  hasProject: boolean;
  gitBranch: string;
  /** Prompts of the user so far. */
  turn: number;
  /** The last response that usage was logged of: a sub-agent's calls of tools follow it on lines of their own. */
  lastReceipt: string | null;
  /** The session's requests that telemetry told of and no reply has answered, the oldest first. */
  requests: readonly RequestMemory[];
  /** What the last reply counts, if no telemetry told of it before. */
  untoldReply: string | null;
  /** What responses to sub-agents counted, the last ones. */
  rounds: readonly RoundMemory[];
  /** Calls of tools without a result, each with the response that asked for it. */
  calls: readonly CallMemory[];
}

export interface RequestMemory {
  /** What a reply to it counts, too. */
  readonly counted: string;
  readonly durationMs: number | null;
  /** What it comes to if there is no reply, or why that is refused; `null` where nothing was counted. */
  readonly receipt: Receipt | RefusalReason | null;
}

export interface RoundMemory {
  /** The sub-agent and what was counted. */
  readonly counted: string;
  /** How often so far. */
  readonly times: number;
}

export interface CallMemory {
  readonly id: string;
  readonly receipt: string;
}

/** Calls that may wait at a time: the oldest is forgotten, or a log could fill the memory. */
const mostCalls = 64;

/** Rounds that are remembered, likewise: those that count the same follow one another. */
const mostRounds = 64;

export function newMemory(sessionKey: string): Memory {
  return {
    sessionKey,
    isNamed: false,
    hasProject: false,
    gitBranch: '',
    turn: 0,
    lastReceipt: null,
    requests: [],
    untoldReply: null,
    rounds: [],
    calls: [],
  };
}

/** Goes on to another session. A stray line of one makes no sub-agent count its rounds anew, and answers no request. */
export function enterSession(memory: Memory, key: string): void {
  const { rounds, requests, untoldReply } = memory;
  Object.assign(memory, newMemory(key), { rounds, requests, untoldReply });
}

/** Returns how often a sub-agent had counted the same before. */
export function addRound(memory: Memory, counted: string): number {
  const before = memory.rounds.find((round) => round.counted === counted);
  const times = before?.times ?? 0;
  const others = memory.rounds.filter((round) => round !== before);
  memory.rounds = [...others, { counted, times: times + 1 }].slice(-mostRounds);
  return times;
}

export function addCall(memory: Memory, call: CallMemory): void {
  memory.calls = [...memory.calls, call].slice(-mostCalls);
}

export function receiptIdOf(response: string): ReceiptId {
  return { response, request: '' };
}
