/** Which sessions a release may let go on. */

import type { Standing } from '../../domain/budget.ts';
import type { SessionNode } from '../../ledger/views.ts';

/**
 * Those that were stopped or are over a budget of their own; and all where a budget over a time is spent: the ledger
 * knows which of them it counts.
 */
export function heldBack(
  sessions: readonly SessionNode[],
  standings: readonly Standing[],
): readonly SessionNode[] {
  if (standings.some(isTimeSpent)) return sessions;
  return sessions.filter(({ stop, budget }) => stop !== null || budget?.level === 'over');
}

function isTimeSpent({ session, budget, level }: Standing): boolean {
  return session === null && budget.stops && !budget.isPaused && level === 'over';
}
