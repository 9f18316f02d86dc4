/** Which lines were crossed, each told once over all windows and restarts. */

import type { Budget, Cause, Standing } from '../domain/budget.ts';
import { claimAlert } from '../ledger/alerts.ts';
import type { Database } from '../ledger/database.ts';
import { quietMs } from '../ledger/sessionTrees.ts';
import { treeOf } from '../ledger/sums.ts';
import type { Around } from './around.ts';
import { causeOf } from './cause.ts';
import { type Line, sessionLine, timeLine } from './lines.ts';
import { findRoot } from './sessionIds.ts';
import { standingsOf } from './standings.ts';

export interface Crossing {
  readonly standing: Standing;
  readonly cause: Cause;
}

/**
 * Notes all lines that budgets have crossed.
 *
 * @param roots ids of the sessions whose own budgets are looked at
 * @returns those to tell: nobody told them before, and something was spent just now
 */
export function claimCrossings(
  db: Database,
  budgets: readonly Budget[],
  around: Around,
  roots: readonly number[],
): readonly Crossing[] {
  const inForce = budgets.filter(({ isPaused }) => !isPaused);
  return standingsOf(db, inForce, around, roots).flatMap((standing) => {
    if (standing.level === 'within') return [];
    const root = standing.session === null ? null : findRoot(db, standing.session);
    return claim(db, standing, root, around) ? [{ standing, cause: causeOf(db, standing, root) }] : [];
  });
}

function claim(db: Database, standing: Standing, root: number | null, around: Around): boolean {
  const { budget, level, limit, spent } = standing;
  const { owner, time } = lineOf(db, budget, root, around);
  const isTold = wasSpentLately(db, root, around.nowMs);
  return claimAlert(db, { ...owner, time, level, limit, spent, atMs: around.nowMs, isTold }) && isTold;
}

function lineOf(db: Database, budget: Budget, root: number | null, around: Around): Line {
  return root === null ? timeLine(db, budget, around) : sessionLine(db, budget, root);
}

/** What is long past is noted in silence: a budget that is set for the first time would tell of all expensive sessions. */
function wasSpentLately(db: Database, root: number | null, nowMs: number): boolean {
  const isLate = 'at_ms > ? AND at_ms < ? LIMIT 1';
  const span = [nowMs - quietMs, nowMs + quietMs];
  const row =
    root === null
      ? db.get(`SELECT 1 FROM counted WHERE ${isLate}`, ...span)
      : db.get(
          `${treeOf} SELECT 1 FROM tree JOIN counted ON counted.session = tree.id WHERE ${isLate}`,
          JSON.stringify([root]),
          ...span,
        );
  return row !== undefined;
}
