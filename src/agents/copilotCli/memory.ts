/** What is remembered of a session's events between two lines. */

import type { ReceiptId } from '../../domain/receipt.ts';

export interface Memory {
  sessionId: string;
  projectPath: string | null;
  gitBranch: string;
  /** Chosen for the session, for lines that name none. */
  model: string;
  turn: number;
  hasTitle: boolean;
  /** Requests are on record in this file: what messages and sums say of tokens repeats them. */
  hasRecords: boolean;
  /** Every output with how often it was met. */
  outputs: readonly (readonly [output: number | null, times: number])[];
  /** The last responses by what the provider calls them. */
  responses: readonly (readonly [apiCallId: string, id: ReceiptId])[];
  /** The last calls of tools, with the response and the agent that made each. */
  calls: readonly Call[];
  /** Of each model, as long as single responses are not on record. */
  sums: readonly ModelSum[];
}

export interface Call {
  readonly id: string;
  readonly receipt: ReceiptId;
  readonly agentId: string | null;
}

/** The first response of a model, which stands for what only the sums tell, and the last sum that was met. */
export interface ModelSum {
  readonly model: string;
  readonly first: {
    readonly id: ReceiptId;
    readonly sessionKey: string;
    readonly atMs: number;
    readonly output: number | null;
  };
  /** Input, read from the cache and written to it: before the sum began anew, and as it stood last. */
  readonly before: Prompt;
  readonly last: Prompt;
}

export type Prompt = readonly [input: number, read: number, write: number];

const mostCalls = 256;
const mostResponses = 32;
const mostModels = 32;

export function newMemory(sessionId: string): Memory {
  return {
    sessionId,
    projectPath: null,
    gitBranch: '',
    model: '',
    turn: 0,
    hasTitle: false,
    hasRecords: false,
    outputs: [],
    responses: [],
    calls: [],
    sums: [],
  };
}

export function keepCall(memory: Memory, call: Call): void {
  memory.calls = [...memory.calls.filter(({ id }) => id !== call.id), call].slice(-mostCalls);
}

export function keepResponse(memory: Memory, apiCallId: string, id: ReceiptId): void {
  memory.responses = [...memory.responses, [apiCallId, id] as const].slice(-mostResponses);
}

export function responseOf(memory: Memory, apiCallId: string | null): ReceiptId | null {
  return memory.responses.findLast(([known]) => known === apiCallId)?.[1] ?? null;
}

/** Models beyond those remembered are told of by their messages alone. */
export function keepSum(memory: Memory, sum: ModelSum): void {
  const others = memory.sums.filter(({ model }) => model !== sum.model);
  if (others.length < mostModels) memory.sums = [...others, sum];
}
