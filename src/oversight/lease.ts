/** How long a session may go on unasked while all is calm: a scanner may be slower than an agent that runs away. */

import type { Amount, SessionKey, Standing } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { treeOf } from '../ledger/sums.ts';
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
 * In hooks, of which each call of a model has one at the least. No more than the session had responses of late: before its
 * first one nothing tells what its calls take, and the first may be small ones by the way.
 *
 * @param sharers sessions at work, this one included: what is left of a day is left for all of them
 */
export function leaseOf(db: Database, session: SessionKey, around: Around, sharers: number): number {
  const sinceMs = around.nowMs - recentMs;
  const root = findRoot(db, session);
  const dearest = dearestSince(db, sinceMs);
  if (root === null || dearest === null) return 0;
  const acting = loadBudgets(db).filter(({ stops }) => stops);
  const hooksOf = (standing: Standing): number => {
    const one = dearest[standing.budget.unit] * caution * BigInt(sharers);
    if (one === 0n) return mostHooks;
    return Math.min(...amountsLeft(standing).map((left) => Number(left / one)));
  };
  const hooks = standingsFor(db, acting, root, around).map(hooksOf);
  return Math.max(0, Math.min(responsesOf(db, root, sinceMs), ...hooks));
}

/** Now, and after a raise over a time has ended: with what was spent in its period or, where that rolls on, without. */
function amountsLeft({ budget: { span, unit, limit: unraised }, limit, spent }: Standing): readonly Amount[] {
  const left = limit - spent;
  if (span.kind === 'session') return [left];
  return [left, span.kind === 'calendar' && unit !== 'planShare' ? unraised : unraised - spent];
}

/** Of a session and its sub-agents, as far as it matters. Found by them: of all sessions a day may hold many. */
function responsesOf(db: Database, root: number, sinceMs: number): number {
  const sql = `${treeOf}
    SELECT count(*) AS count FROM
      (SELECT 1 FROM tree CROSS JOIN counted ON counted.session = tree.id WHERE at_ms >= ? LIMIT ?)`;
  return db.get<{ count: number }>(sql, JSON.stringify([root]), sinceMs, mostHooks)?.count ?? 0;
}
