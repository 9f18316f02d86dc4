/** Holds a session that no budget counts against what past sessions of its project came to. */

import type { Amount, EstimateStanding, EstimateStep } from '../domain/budget.ts';
import { quantile } from '../domain/quantile.ts';

/** Sessions of a project that only teach. With fewer samples nothing is said. */
export const epochSessions = 20;

export interface Estimate {
  readonly half: Amount;
  readonly most: Amount;
  readonly samples: number;
}

/** `null` in the epoch of a project. @param costs of past sessions, in any order */
export function estimateOf(costs: readonly Amount[]): Estimate | null {
  const [half, most] = [quantile(costs, 0.5), quantile(costs, 0.9)];
  if (costs.length < epochSessions || half === null || most === null) return null;
  return { half, most, samples: costs.length };
}

export function standAgainst(
  { half, most, samples }: Estimate,
  spent: Amount,
): Omit<EstimateStanding, 'session' | 'isLowerBound'> {
  return { estimate: half, usual: most, samples, spent, step: stepOf(half, spent), isDrift: spent > most };
}

/** Tenths of the estimate from which each step is taken, the last first. */
const steps: readonly (readonly [bigint, EstimateStep])[] = [
  [30n, 'unknownTrouble'],
  [25n, 'asked'],
  [20n, 'warned'],
  [15n, 'noted'],
];

/** Where sessions come to nothing there is nothing to be a multiple of. */
function stepOf(estimate: Amount, spent: Amount): EstimateStep {
  if (estimate <= 0n) return 'within';
  return steps.find(([tenths]) => 10n * spent >= tenths * estimate)?.[1] ?? 'within';
}
