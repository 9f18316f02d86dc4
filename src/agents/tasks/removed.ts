/**
 * What a task spent on messages that a restored checkpoint took away. Its file keeps their sum alone: what of it was
 * counted while the messages were still there must not be counted again.
 */

import type { JsonValue } from '../reader.ts';
import type { Usage } from './usage.ts';

/** Requests of a task by their time, as last seen. */
export type Seen = ReadonlyMap<number, Usage>;

/** Longer tasks forget their first requests. */
const mostSeen = 2_000;

export function toSeen(saved: JsonValue | undefined): Seen {
  // What the same version of this reader saved needs no check.
  return new Map((saved as unknown as readonly (readonly [number, Usage])[] | undefined) ?? []);
}

/** Those seen before and those there now, as what to save. */
export function toSaved(before: Seen, now: Seen): JsonValue {
  return [...new Map([...before, ...now])].slice(-mostSeen) as unknown as JsonValue;
}

/**
 * What is left of a sum without those parts of it that were counted before they went. The messages that a checkpoint
 * took away are older than their sum, and newer than the sum before it.
 *
 * @param sums the times of all sums in the task
 */
export function withoutCounted(
  { atMs, usage }: Timed,
  sums: readonly number[],
  before: Seen,
  now: ReadonlySet<number>,
): Usage {
  const gone = [...before].filter(([goneMs]) => !now.has(goneMs));
  const own = gone.filter(([goneMs]) => sums.find((sumMs) => sumMs >= goneMs) === atMs);
  return own.map(([, part]) => part).reduce(subtract, usage);
}

interface Timed {
  readonly atMs: number;
  readonly usage: Usage;
}

/** By class, and never below 0. */
export function subtract(from: Usage, part: Usage): Usage {
  return {
    input: lessBy(from.input, part.input),
    output: lessBy(from.output, part.output),
    cacheRead: Math.max(0, from.cacheRead - part.cacheRead),
    cacheWrite: Math.max(0, from.cacheWrite - part.cacheWrite),
  };
}

function lessBy(from: number | null, part: number | null): number | null {
  return from === null ? null : Math.max(0, from - (part ?? 0));
}
