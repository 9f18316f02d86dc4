/** What is remembered of a rollout between two of its lines. */

import type { Counters } from './counters.ts';
import { type Lineage, newLineage } from './lineage.ts';
import type { Usage } from './usage.ts';

export interface Memory {
  lineage: Lineage;
  /** The thread's own `session_meta` was met: any further one is history. */
  hasMeta: boolean;
  hasTitle: boolean;
  /** Of the present turn. */
  model: string;
  /** Of the last turns, for records that name theirs. */
  turnModels: { readonly turnId: string; readonly model: string }[];
  serviceTier: string;
  counters: Counters;
  /** Usage on record in this turn whose running total has not come. */
  recorded: Usage[];
  /** Usage counted from running totals in this turn whose record has not come, and need not. */
  counted: Usage | null;
  /** Ids of records that only repeated what running totals had counted: their copies repeat it too. */
  twins: string[];
}

/** Turns and records that may wait at a time. */
const mostRemembered = 16;

export function newMemory(threadId: string): Memory {
  return {
    lineage: newLineage(threadId),
    hasMeta: false,
    hasTitle: false,
    model: '',
    turnModels: [],
    serviceTier: '',
    counters: [],
    recorded: [],
    counted: null,
    twins: [],
  };
}

export function keepLast<T>(items: readonly T[]): T[] {
  return items.slice(-mostRemembered);
}
