/** Looks for sessions that crossed the budget, and tells of each once over all windows and restarts. */

import { findCrossings, recentMs } from '../budgets/crossings.ts';
import type { Pico } from '../domain/money.ts';
import { claimAlert } from '../ledger/budgetRecords.ts';
import type { Database } from '../ledger/database.ts';
import { newestRoots, rootsActiveSince } from '../ledger/roots.ts';
import { sessionTrees } from '../ledger/sessionTrees.ts';
import type { SessionNode } from '../ledger/views.ts';
import { judgeBy } from './judge.ts';

/** Sessions are looked at in groups of so many, which bounds the memory. */
const groupSize = 100;

/**
 * @param scope `recent` for what may just have changed; `all` after a limit was set, so that old sessions over it are
 *   noted in silence
 */
export function watchBudgets(
  db: Database,
  limit: Pico,
  scope: 'recent' | 'all',
  nowMs: number,
  tell: (session: SessionNode) => void,
): void {
  const roots =
    scope === 'all' ? newestRoots(db, Number.POSITIVE_INFINITY) : rootsActiveSince(db, nowMs - recentMs);
  for (let from = 0; from < roots.length; from += groupSize) {
    const sessions = sessionTrees(db, roots.slice(from, from + groupSize), nowMs, judgeBy(limit));
    for (const { session, standing, isAloud } of findCrossings(sessions, nowMs)) {
      const { agent, key } = session;
      const claim = { agent, key, limit, spent: standing.spent, atMs: nowMs, isTold: isAloud };
      if (claimAlert(db, claim) && isAloud) tell(session);
    }
  }
}
