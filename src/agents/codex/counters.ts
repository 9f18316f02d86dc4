/**
 * Usage from running totals. Before it logged responses, Codex logged after each the thread's total so far and the
 * last usage; and it logs both again, unchanged, at each new prompt and whenever rate limits move. So it is the
 * growth of the total that counts, not the last usage.
 */

import { isEqual, isEstimate, isLower, isNothing, subtract, type Usage } from './usage.ts';

/** Totals of the counters met, the one in use last: agents that share a file each have their own. */
export type Counters = readonly Usage[];

/** Counters that one file is expected to interleave at most. */
const mostCounters = 8;

export interface Step {
  readonly counters: Counters;
  /** What was used, `null` when nothing was; `unknown` when a counter begins and the last usage is missing. */
  readonly usage: Usage | 'unknown' | null;
  /** Whether the count goes on from a total in the file, or from zero. If not, it may repeat another thread's. */
  readonly isContinuous: boolean;
}

/** Takes the next total, with the last usage if it was logged. */
export function countStep(counters: Counters, total: Usage, last: Usage | null): Step {
  if (last !== null && isEstimate(last))
    return { counters: moveTo(total, counters), usage: null, isContinuous: true };
  const previous = findPrevious(counters, total, last);
  if (previous === undefined) {
    // A counter that was lowered by a compaction was not restarted: its new total was counted before.
    const usage = last ?? (counters.length === 0 ? total : 'unknown');
    const isFromZero = last !== null && isEqual(total, last);
    return { counters: moveTo(total, counters), usage: billed(usage), isContinuous: isFromZero };
  }
  const others = counters.filter((known) => known !== previous);
  return { counters: moveTo(total, others), usage: billed(subtract(total, previous)), isContinuous: true };
}

/**
 * The total that came before: of any counter where it fits exactly, of the counter in use where the new total is only
 * larger. An exact step goes before a repetition, because a total may by chance grow to one that was met.
 */
function findPrevious(counters: Counters, total: Usage, last: Usage | null): Usage | undefined {
  const current = counters.at(-1);
  const before = last === null ? null : subtract(total, last);
  const isStepFrom = (known: Usage) => before !== null && isEqual(before, known);
  if (current !== undefined && isStepFrom(current)) return current;
  const fitting = counters.findLast((known) => isEqual(known, total)) ?? counters.findLast(isStepFrom);
  if (fitting !== undefined) return fitting;
  const isFromZero = last !== null && isEqual(total, last);
  return isFromZero || current === undefined || isLower(total, current) ? undefined : current;
}

/** With `total` as the counter in use. */
export function moveTo(total: Usage, counters: Counters): Counters {
  return [...counters.filter((known) => !isEqual(known, total)), total].slice(-mostCounters);
}

function billed(usage: Usage | 'unknown'): Usage | 'unknown' | null {
  return usage !== 'unknown' && isNothing(usage) ? null : usage;
}
