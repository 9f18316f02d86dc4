/** Which sessions have crossed their budget, and which of these are worth a word. */

import type { BudgetStanding } from '../domain/budget.ts';
import type { SessionNode } from '../ledger/views.ts';

export interface Crossing {
  readonly session: SessionNode;
  readonly standing: BudgetStanding;
  /** Whether to tell the user: the session is at work or was just now. */
  readonly isAloud: boolean;
}

/**
 * A session that wrote nothing for so long is history: a budget that is set for the first time would otherwise be
 * met by an alert for every expensive session of the past.
 */
export const recentMs = 10 * 60_000;

export function findCrossings(sessions: readonly SessionNode[], nowMs: number): readonly Crossing[] {
  return sessions.flatMap((session) => {
    const standing = session.budget;
    if (standing?.level !== 'over') return [];
    return [{ session, standing, isAloud: session.isRunning || nowMs - session.lastMs < recentMs }];
  });
}
