/** What is remembered of a rollout between two of its lines. */

import type { Counters } from './counters.ts';
import { type Lineage, newLineage } from './lineage.ts';
import type { OpenCall, WaitingCall } from './toolCalls.ts';
import { noTurn, type Turn } from './turn.ts';
import type { Usage } from './usage.ts';

export interface Memory {
  lineage: Lineage;
  /** The thread's own `session_meta` was met: any further one is history. */
  hasMeta: boolean;
  hasTitle: boolean;
  /** It was told that the thread is under a plan. */
  isUnderPlan?: boolean;
  /** What copied counts tell, the records of the thread that they were copied from tell under other ids. */
  hasLostRecords: boolean;
  /** A count that comes before any usage repeats the last one of the file that this one goes on from. */
  firstCountRepeats: boolean;
  /** Of the present turn. */
  turn: Turn;
  /** The present turn has used nothing yet: settings that come now are those that it begins with. */
  isTurnBeginning: boolean;
  /** The last ones, for records that name theirs. */
  turns: Turn[];
  /** Set for turns that begin. */
  serviceTier: string;
  /** Who serves the models. */
  provider: string;
  gitBranch: string;
  /** Prompts of a person so far; `null` where the thread began elsewhere, or another agent writes its prompts. */
  prompts: number | null;
  counters: Counters;
  /** Usage on record in this turn whose running total has not come. */
  recorded: Usage[];
  /** Usage counted from running totals in this turn whose record has not come, and need not. */
  counted: Usage | null;
  /** Ids of records that only repeated what running totals had counted: their copies repeat it too. */
  twins: string[];
  /** Calls of the response whose usage comes next. */
  waitingCalls: WaitingCall[];
  /** Calls of responses before that have no result yet. */
  openCalls: OpenCall[];
}

/** Turns, records and calls that may wait at a time. */
const mostRemembered = 64;

export function newMemory(threadId: string): Memory {
  return {
    lineage: newLineage(threadId),
    hasMeta: false,
    hasTitle: false,
    hasLostRecords: false,
    firstCountRepeats: false,
    turn: noTurn,
    isTurnBeginning: false,
    turns: [],
    serviceTier: '',
    provider: '',
    gitBranch: '',
    prompts: 0,
    counters: [],
    recorded: [],
    counted: null,
    twins: [],
    waitingCalls: [],
    openCalls: [],
  };
}

export function keepLast<T>(items: readonly T[]): T[] {
  return items.slice(-mostRemembered);
}
