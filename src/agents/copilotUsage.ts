/** What the logs of Copilot have in common, whichever program writes them. */

import { type Pico, pico } from '../domain/money.ts';
import { fieldOf, type LogRecord } from './fields.ts';

const picosPerNanoUnit = 10n;

/** The cost from billionths of an AI unit, of which a hundred are a dollar; `null` where it is missing or 0. */
export function creditsOf(record: LogRecord, name: string): Pico | null {
  const value = fieldOf(record, name);
  const isCost = typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
  return isCost ? pico(BigInt(value) * picosPerNanoUnit) : null;
}
