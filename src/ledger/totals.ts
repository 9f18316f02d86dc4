/** Totals of a period and of models. */

import type { Period } from '../domain/period.ts';
import { noTotals, type Totals } from '../domain/totals.ts';
import type { Database } from './database.ts';
import { sumsBy } from './sums.ts';

export function totalsOf(db: Database, { startMs, endMs }: Period): Totals {
  return sumsBy(db, [], 'WHERE at_ms >= ? AND at_ms < ?', [startMs, endMs])[0]?.totals ?? noTotals;
}

/** All receipts, by model as logged. */
export function totalsByModel(db: Database): ReadonlyMap<string, Totals> {
  const rest = 'JOIN model ON model.id = counted.model GROUP BY model.name';
  const rows = sumsBy<{ name: string }>(db, ['model.name AS name'], rest, []);
  return new Map(rows.map(({ group, totals }) => [group.name, totals]));
}
