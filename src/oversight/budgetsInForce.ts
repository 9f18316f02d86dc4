/**
 * The budgets in force on this machine, by whose settings ask for them: every window and every guard judges by the same.
 * Several may ask for one budget; the strictest holds, so that nobody can loosen what another set.
 */

import { fromJson, toJson } from '../budgets/budgetJson.ts';
import type { Budget } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';

/** Settings that no window has shown for so long are taken to be gone. */
const forgottenMs = 90 * 86_400_000;

/** @param source the folder whose settings they are, of which these are all budgets from now on */
export function storeBudgets(db: Database, source: string, budgets: readonly Budget[], nowMs: number): void {
  db.write(() => {
    db.run('DELETE FROM budget WHERE source = ? OR seen_ms < ?', source, nowMs - forgottenMs);
    const sql = 'INSERT OR REPLACE INTO budget (source, id, json, seen_ms) VALUES (?, ?, ?, ?)';
    for (const budget of budgets) db.run(sql, source, budget.id, toJson(budget), nowMs);
  });
}

/** In the order of their ids, each once. */
export function loadBudgets(db: Database): readonly Budget[] {
  const rows = db.all<{ json: string }>('SELECT json FROM budget ORDER BY id, source');
  return strictest(rows.map(({ json }) => fromJson(json)).filter((budget) => budget !== null));
}

/** Each budget once, as it holds where several ask for it. */
export function strictest(all: readonly Budget[]): readonly Budget[] {
  const budgets = new Map<string, Budget>();
  for (const budget of all) {
    const known = budgets.get(budget.id);
    budgets.set(budget.id, known === undefined ? budget : strictestOf(known, budget));
  }
  return [...budgets.values()];
}

/** A budget that is paused asks for nothing. */
function strictestOf(a: Budget, b: Budget): Budget {
  if (a.isPaused !== b.isPaused) return a.isPaused ? b : a;
  const [strict, loose] = a.limit <= b.limit ? [a, b] : [b, a];
  return {
    ...strict,
    nearPercent: Math.min(strict.nearPercent, loose.nearPercent),
    wrapUpPercent: Math.min(strict.wrapUpPercent, loose.wrapUpPercent),
    stops: strict.stops || loose.stops,
  };
}
