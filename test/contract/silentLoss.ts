/** Whether damage to some records of a log cost more than the loss of those records would, without a word. */

import { totalTokens } from '../../src/domain/tokens.ts';
import type { Reading } from './reading.ts';

/** What was made of a log, as far as losses go. */
export interface Taken {
  /** All tokens of each receipt, by its id; of a sum what others leave of it, which may be sums that it holds. */
  readonly tokens: ReadonlyMap<string, number>;
  /** How often something was refused. */
  readonly refused: number;
}

export function takenOf(reading: Reading): Taken {
  const left = new Map(
    reading.sums().map(({ id, tokens }) => [`${id.response}\n${id.request}`, totalTokens(tokens)]),
  );
  const tokens = [...reading.receipts].map(([id, { best }]) => {
    const isSum = best.dropped !== undefined;
    return [id, isSum ? (left.get(id) ?? 0) : totalTokens(best.tokens)] as const;
  });
  return {
    tokens: new Map(tokens),
    refused: Object.values(reading.refused).reduce((sum, count) => sum + count, 0),
  };
}

/**
 * A damaged record may tell anything, or nothing, of its own receipts. What the other records tell must come to as much
 * as with the record whole, or else as without it; or something must be refused.
 *
 * Where a log counts on, what one record no longer tells the next one makes up for: then it is all receipts together
 * that may not come to less.
 *
 * @param undamaged what the log tells
 * @param without what it tells without the records that were damaged
 * @param own ids of the receipts that the damaged records told of, before or after
 * @returns tokens that were lost in silence
 */
export function silentLoss(
  undamaged: Taken,
  without: Taken,
  damaged: Taken,
  own: ReadonlySet<string>,
): number {
  if (isTold(undamaged, damaged)) return 0;
  const lost = (except?: ReadonlySet<string>) =>
    Math.min(sumOf(undamaged, except), sumOf(without, except)) - sumOf(damaged, except);
  return Math.max(0, Math.min(lost(own), lost()));
}

/** Whether something was refused for the damage. A log that is refused as a whole is refused once. */
export function isTold(undamaged: Taken, damaged: Taken): boolean {
  return damaged.refused > undamaged.refused || (damaged.refused > 0 && damaged.tokens.size === 0);
}

/** Ids of receipts of which two readings say different things: the records that only one of them has tell of these. */
export function differing(a: Taken, b: Taken): readonly string[] {
  return [...a.tokens.keys(), ...b.tokens.keys()].filter((id) => a.tokens.get(id) !== b.tokens.get(id));
}

function sumOf({ tokens }: Taken, except?: ReadonlySet<string>): number {
  let sum = 0;
  for (const [id, count] of tokens) if (!except?.has(id)) sum += count;
  return sum;
}
