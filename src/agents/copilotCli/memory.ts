/** What is remembered of a session's events between two lines. */

import type { ReceiptId } from '../../domain/receipt.ts';

export interface Memory {
  sessionId: string;
  /** When the session began, in milliseconds since 1970 UTC: what is older is copied. `null` until it is told. */
  startedMs: number | null;
  /** The session whose request was the last to be copied. */
  copiedFrom: string | null;
  projectPath: string | null;
  gitBranch: string;
  /** Chosen for the session, for lines that name none. */
  model: string;
  turn: number;
  hasTitle: boolean;
  /** Requests are on record in this file: what messages and sums say of tokens repeats them. */
  hasRecords: boolean;
  /** Every output with the session whose it is, as text, and how often it was met. */
  outputs: readonly (readonly [output: string, times: number])[];
  responses: readonly KnownResponse[];
  /** The last calls of tools, with the response and the agent that made each. */
  calls: readonly Call[];
  /** Of each model, as long as single responses are not on record. */
  sums: readonly ModelSum[];
  /** The last compactions since the sums were told last. */
  compactions: readonly ReceiptId[];
  /** The compaction that was told last, until its own record comes, if it does. */
  awaited: ReceiptId | null;
  /** The record that came last is of a compaction that is still to be told. */
  isCompactionOnRecord: boolean;
}

/** One of the last responses. Some providers give an id of theirs again and again. */
export interface KnownResponse {
  /** What the provider calls it. */
  readonly apiCallId: string | null;
  /** Its number among those of the session that asked for it, with that session; `null` where it has none. */
  readonly number: string | null;
  readonly id: ReceiptId;
}

export interface Call {
  readonly id: string;
  readonly receipt: ReceiptId;
  readonly agentId: string | null;
}

/** What the ends of a session's runs tell of a model. */
export interface ModelSum {
  readonly model: string;
  /** When the session's first response was told, in milliseconds since 1970 UTC; `null` before. */
  readonly firstMs: number | null;
  /** What was used before the sum began anew, and the sum as it stood last. */
  readonly before: Used;
  readonly last: Used;
  /** Compactions that no sum holds. */
  readonly kept: readonly ReceiptId[];
  /** Output that messages have told since the run began. */
  readonly ofRun: number;
}

/** Input holds what was read from the cache and written to it. */
export type Used = readonly [input: number, read: number, write: number, output: number];

const mostCalls = 256;
const mostResponses = 32;
const mostModels = 32;
const mostCompactions = 64;

export function newMemory(sessionId: string): Memory {
  return {
    sessionId,
    startedMs: null,
    copiedFrom: null,
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
    compactions: [],
    awaited: null,
    isCompactionOnRecord: false,
  };
}

export function keepCall(memory: Memory, call: Call): void {
  memory.calls = [...memory.calls.filter(({ id }) => id !== call.id), call].slice(-mostCalls);
}

export function keepResponse(memory: Memory, response: KnownResponse): void {
  memory.responses = [...memory.responses, response].slice(-mostResponses);
}

export function responseOf({ responses }: Memory, apiCallId: string | null): ReceiptId | null {
  return (apiCallId && responses.findLast((known) => known.apiCallId === apiCallId)?.id) || null;
}

export function isRepeated(memory: Memory, { apiCallId, number }: Omit<KnownResponse, 'id'>): boolean {
  if (number === null) return responseOf(memory, apiCallId) !== null;
  return memory.responses.some((known) => known.number === number);
}

export function keepCompaction(memory: Memory, id: ReceiptId): void {
  memory.compactions = [...memory.compactions, id].slice(-mostCompactions);
}

/** Models beyond those remembered are told of by their messages alone. */
export function keepSum(memory: Memory, sum: ModelSum): void {
  const others = memory.sums.filter(({ model }) => model !== sum.model);
  if (others.length < mostModels) memory.sums = [...others, sum];
}
