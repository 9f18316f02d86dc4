/** What sessions spent with their sub-agents since a budget of theirs was reset. */

import type { Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { grownReceipts } from './grownReceipts.ts';
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
  , last_reset (session, number, at_ms, last_receipt) AS (
    SELECT session, max(number), at_ms, last_receipt FROM budget_reset WHERE budget = ? GROUP BY session)`;

const ofTree = 'JOIN tree ON tree.id = counted.session JOIN model ON model.id = counted.model';
const byModel = 'GROUP BY tree.root, counted.session, model.name';

const later = `
  ${ofTree} LEFT JOIN last_reset ON last_reset.session = tree.root
  WHERE last_reset.number IS NULL OR counted.id > last_reset.last_receipt ${byModel}`;

const grown = `
  ${ofTree} JOIN last_reset ON last_reset.session = tree.root AND last_reset.at_ms = counted.reset_ms ${byModel}`;

/**
 * @param roots ids of sessions that are no sub-agents; those that spent nothing have no sums
 * @param budget id of the budget whose resets count
 * @returns several for one model where what was there at the reset has grown since
 */
export function sumsSinceReset(
  db: Database,
  roots: readonly number[],
  budget: string,
): readonly SessionSum[] {
  const group = ['tree.root AS root', 'counted.session AS session', 'model.name AS name'];
  const values = [JSON.stringify(roots), budget];
  const tables = treeOf + lastResets;
  const sums = [
    ...sumsBy<SumGroup>(db, group, later, values, tables),
    ...sumsBy<SumGroup>(db, group, grown, values, tables, `${grownReceipts} AS counted`),
  ];
  return sums.map(({ group: { root, session, name }, totals }) => ({ root, session, model: name, totals }));
}
