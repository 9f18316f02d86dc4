/** A usage object of Codex, and its translation into our classes. */

import type { RefusalReason } from '../../domain/refusal.ts';
import { isTokenCount, type TokenCounts } from '../../domain/tokens.ts';
import { Counts, type LogRecord } from '../fields.ts';
import { toDisjoint } from '../inclusiveCounts.ts';

/**
 * Counts in Codex's own terms: `input` holds what was read from and written to the cache, `output` holds the
 * reasoning, `total` is input and output. `null` where the log does not say.
 */
export type Usage = readonly [
  input: number | null,
  cached: number | null,
  cacheWrite: number | null,
  output: number | null,
  reasoning: number | null,
  total: number | null,
];

const fieldNames = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'total_tokens',
] as const;

/** Running totals grow beyond what one response can hold. */
const isRunningTotal = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** The usage of one response, or why it is refused. */
export function toUsage(record: LogRecord): Usage | RefusalReason {
  return readUsage(new Counts(record));
}

/** A sum over responses, or why it is refused. */
export function toRunningTotal(record: LogRecord): Usage | RefusalReason {
  return readUsage(new Counts(record, isRunningTotal));
}

function readUsage(counts: Counts): Usage | RefusalReason {
  const [input, cached, cacheWrite, output, reasoning, total] = fieldNames.map((name) => counts.count(name));
  if (counts.problem !== null) return counts.problem;
  // Before there was a field for cache writes, none were billed.
  return [input ?? null, cached ?? null, cacheWrite ?? 0, output ?? null, reasoning ?? null, total ?? null];
}

/** `a - b` by component, of which those that `a` does not know stay unknown. */
export function subtract(a: Usage, b: Usage): Usage {
  const [input, cached, cacheWrite, output, reasoning, total] = a.map((value, index) =>
    value === null ? null : value - (b[index] ?? 0),
  );
  return [
    input ?? null,
    cached ?? null,
    cacheWrite ?? null,
    output ?? null,
    reasoning ?? null,
    total ?? null,
  ];
}

export function isEqual(a: Usage, b: Usage): boolean {
  return a.every((value, index) => (value ?? 0) === (b[index] ?? 0));
}

/** Whether any component of `after` is smaller than in `before`. */
export function isLower(after: Usage, before: Usage): boolean {
  return after.some((value, index) => (value ?? 0) < (before[index] ?? 0));
}

/** Codex logs an estimate of the context as a usage with a total and nothing in it. */
export function isEstimate([input, , , output, , total]: Usage): boolean {
  return !input && !output && (total ?? 0) > 0;
}

export function isNothing([input, , , output]: Usage): boolean {
  return input === 0 && output === 0;
}

/** The same text for the same counts, also when an older version wrote fewer fields. */
export function usageMark(usage: Usage): string {
  return usage.map((value) => value ?? 0).join('.');
}

/** In our classes, or `null` when a count is beyond any response. */
export function toTokenCounts([input, cacheRead, cacheWrite, output, reasoning]: Usage): TokenCounts | null {
  const tokens = toDisjoint({ input, cacheRead, cacheWrite, output, reasoning });
  return Object.values(tokens).every((value) => value === null || isTokenCount(value)) ? tokens : null;
}
