/** A log to damage, and what reading its damaged copies has in common, whatever its format. */

import type { Reader } from '../../src/agents/reader.ts';
import type { Random } from '../unit/ledger/random.ts';
import { assertSound } from './comparison.ts';
import type { DatabaseFile } from './fixture.ts';
import { Reading, readFile } from './reading.ts';
import { differing, type Taken, takenOf } from './silentLoss.ts';

/** A log to damage. */
export interface FuzzedLog {
  readonly reader: Reader;
  readonly path: string;
  /** Tries it by chance; throws where something must not be. */
  try(random: Random, foreign: () => Buffer): void;
  /** How often to try it beside others: databases take longer. */
  readonly weight: number;
}

export function soundlyTaken(reading: Reading): Taken {
  for (const { best } of reading.receipts.values()) assertSound(best);
  return takenOf(reading);
}

export function readWhole(reader: Reader, path: string, content: Buffer | DatabaseFile): Taken {
  const reading = new Reading();
  readFile(reader, reading, path, content);
  return soundlyTaken(reading);
}

/**
 * Where it does not show which receipts a record tells of: those that come and go with it, and those that change with its
 * numbers.
 *
 * @param changed what the log tells with other numbers in the record
 */
export function ownOf(undamaged: Taken, without: Taken, changed: Taken, taken: Taken): ReadonlySet<string> {
  return new Set([
    ...differing(undamaged, without),
    ...differing(undamaged, changed),
    ...[...taken.tokens.keys()].filter((id) => !undamaged.tokens.has(id)),
  ]);
}

/** A text with all numbers in it one larger. */
export function withOtherNumbers(text: string): string {
  return text.replace(/(?<=[[{(:,]\s*"?)\d{1,9}(?="?\s*[\]}),])/g, (digits) => String(Number(digits) + 1));
}

export function fractionOf(random: Random): () => number {
  return () => random.below(2 ** 30) / 2 ** 30;
}

export function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}
