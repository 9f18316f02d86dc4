/** What is remembered of a session between two of its lines. */

import type { AgentId } from '../../domain/agent.ts';
import type { ReceiptId } from '../../domain/receipt.ts';
import type { SessionFacts } from '../../domain/session.ts';
import { toTime } from '../fields.ts';
import type { Tiers } from './terms.ts';

export interface Memory {
  readonly agent: AgentId;
  /** Of a sub-agent whose file lies below the folder of another session: that session. */
  readonly holderKey: string | null;
  /** When that one began, in milliseconds since 1970 UTC; `null` where it is not known. */
  readonly holderBornMs: number | null;
  /** A title that stood above the header. */
  earlyTitle: SessionFacts['title'] | null;
  hasHeader: boolean;
  sessionKey: string;
  /** The session that this one was forked from. */
  parentKey: string | null;
  /** When the session began, in milliseconds since 1970 UTC. */
  bornMs: number | null;
  isNamed: boolean;
  effort: string;
  tiers: Tiers;
  /** Which model the session is at, and whose. */
  model: string;
  provider: string;
  /** Prompts of the user so far. */
  turn: number;
  /** Calls of tools without a result, each with the response that asked for it. */
  calls: readonly CallMemory[];
}

export interface CallMemory {
  readonly id: string;
  readonly receipt: string;
}

/** Calls that may wait at a time: the oldest is forgotten, or a log could fill the memory. */
const mostCalls = 64;

export function newMemory(agent: AgentId, relativePath: string): Memory {
  const parts = relativePath.split('/');
  // Between the two may be folders of runs.
  const holder = parts.slice(0, -1).findLast(isNamedAfterSession);
  return {
    agent,
    holderKey: holder === undefined ? null : sessionIdIn(holder),
    holderBornMs: holder === undefined ? null : timeIn(holder),
    earlyTitle: null,
    hasHeader: false,
    sessionKey: sessionIdIn(parts.at(-1) ?? ''),
    parentKey: null,
    bornMs: null,
    isNamed: false,
    effort: '',
    tiers: {},
    model: '',
    provider: '',
    turn: 0,
    calls: [],
  };
}

/** The id in the name of a session's file, or of the folder beside it: `<time>_<id>`. A name without one is the id. */
export function sessionIdIn(path: string): string {
  const name = (path.split(/[\\/]/).at(-1) ?? '').replace(/\.jsonl(?:\..*)?$/, '');
  return /^\d{4}-\d\d-\d\dT[\d-]+Z?_(.+)$/.exec(name)?.[1] ?? name;
}

/** When the session began that a folder is named after, in milliseconds since 1970 UTC; `null` where its name does not tell. */
function timeIn(folder: string): number | null {
  return toTime(folder.replace(/^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3}Z)_.*$/, '$1T$2:$3:$4.$5'));
}

/** Of a folder: such a one holds what a session leaves beside its file. */
export function isNamedAfterSession(folder: string): boolean {
  return sessionIdIn(folder) !== folder;
}

export function addCall(memory: Memory, call: CallMemory): void {
  memory.calls = [...memory.calls, call].slice(-mostCalls);
}

export function receiptIdOf(response: string): ReceiptId {
  return { response, request: '' };
}
