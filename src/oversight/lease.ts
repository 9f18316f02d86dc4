/** How long a session may go on unasked while all is calm: a scanner may be slower than an agent that runs away. */

import type { SessionKey, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import type { Around } from './around.ts';
import { loadBudgets } from './budgetsInForce.ts';
import { dearestSince } from './dearest.ts';
import { recentMs } from './mood.ts';
import { findRoot } from './sessionIds.ts';
import { standingsFor } from './standingsFor.ts';

/** What an accountant takes, shared by so many hooks, is less than a hook itself. */
const mostHooks = 32;
/** Of what is left, a third may be gone before the next look: the next responses may be dearer than all before. */
const caution = 3n;

/**
 * In hooks, of which each call of a model has one at the least. None where nothing tells what a call may take.
 *
 * @param sharers sessions at work, this one included: what is left of a day is left for all of them
 */
export function leaseOf(db: Database, session: SessionKey, around: Around, sharers: number): number {
  const root = findRoot(db, session);
  const dearest = dearestSince(db, around.nowMs - recentMs);
  if (root === null || dearest === null) return 0;
  const acting = loadBudgets(db).filter(({ stops }) => stops);
  const hooksOf = ({ budget, limit, spent }: Standing): number => {
    const one = dearest[budget.unit] * caution * BigInt(sharers);
    return one === 0n ? mostHooks : Number((limit - spent) / one);
  };
  return Math.max(0, Math.min(mostHooks, ...standingsFor(db, acting, root, around).map(hooksOf)));
}
