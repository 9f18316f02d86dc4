/** What the logs of Copilot have in common, whichever program writes them. */

import { type Pico, pico } from '../domain/money.ts';
import type { TokenCounts } from '../domain/tokens.ts';
import { fieldOf, type LogRecord } from './fields.ts';

export interface CopilotCounts {
  /** With what was read from the cache and written to it. */
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

/** The counts in our classes. How long the cache lives Copilot does not tell. */
export function toTokenCounts({ input, cacheWrite, ...others }: CopilotCounts): TokenCounts {
  return {
    uncachedInput: uncachedOf(input, others.cacheRead, cacheWrite),
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknown: cacheWrite,
    ...others,
  };
}

/** Unknown where the parts are more than the whole. */
function uncachedOf(input: number | null, read: number | null, write: number | null): number | null {
  if (input === null) return null;
  const uncached = input - (read ?? 0) - (write ?? 0);
  return uncached < 0 ? null : uncached;
}

const picosPerNanoUnit = 10n;

/** The cost from billionths of an AI unit, of which a hundred are a dollar; `null` where it is missing or 0. */
export function creditsOf(record: LogRecord, name: string): Pico | null {
  const value = fieldOf(record, name);
  const isCost = typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
  return isCost ? pico(BigInt(value) * picosPerNanoUnit) : null;
}
