/** What sessions spent with their sub-agents since a budget of theirs was reset. */

import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { sumsBy, treeOf } from './sums.ts';

/** Sums of one session of a tree, by one model. */
export interface SessionSum {
  /** The session that the sum is charged to. */
  readonly root: number;
  readonly session: number;
  /** As logged. */
  readonly model: string;
  readonly totals: Totals;
}

interface SumGroup {
  readonly root: number;
  readonly session: number;
  readonly name: string;
}

/** The last reset of each session of a common table `tree`. */
const lastResets = `
  , last_reset (session, number, last_receipt) AS (
    SELECT session, max(number), last_receipt FROM budget_reset WHERE budget = ? GROUP BY session)`;

const rest = `
  JOIN tree ON tree.id = counted.session JOIN model ON model.id = counted.model
  LEFT JOIN last_reset ON last_reset.session = tree.root
  WHERE last_reset.number IS NULL OR counted.id > last_reset.last_receipt
  GROUP BY tree.root, counted.session, model.name`;

/**
 * @param roots ids of sessions that are no sub-agents; those that spent nothing have no sums
 * @param budget id of the budget whose resets count
 */
export function sumsSinceReset(
  db: Database,
  roots: readonly number[],
  budget: string,
): readonly SessionSum[] {
  const group = ['tree.root AS root', 'counted.session AS session', 'model.name AS name'];
  const sums = sumsBy<SumGroup>(db, group, rest, [JSON.stringify(roots), budget], treeOf + lastResets);
  return sums.map(({ group: { root, session, name }, totals }) => ({ root, session, model: name, totals }));
}
