/**
 * The budgets in force on this machine, by whose settings ask for them: every window and every guard judges by the same.
 * Several may ask for one budget; what comes first of what each asks holds, so that nobody can loosen what another set.
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

/** In the order of their ids. */
export function loadBudgets(db: Database): readonly Budget[] {
  const rows = db.all<{ json: string }>('SELECT json FROM budget ORDER BY id, source');
  return strictest(rows.map(({ json }) => fromJson(json)).filter((budget) => budget !== null));
}

/**
 * Each budget once, as it holds where several ask for it; but twice where one only warns, and another stops at more: then
 * both hold, the one that warns first. Their id is the same, and what moves the line of one moves that of the other.
 */
export function strictest(all: readonly Budget[]): readonly Budget[] {
  const byId = new Map<string, Budget[]>();
  for (const budget of all) byId.set(budget.id, [...(byId.get(budget.id) ?? []), budget]);
  return [...byId.values()].flatMap(joined);
}

/** A budget that is paused asks for nothing. */
function joined(same: readonly Budget[]): readonly Budget[] {
  const asking = same.filter(({ isPaused }) => !isPaused);
  const [warns, stops] = [false, true].map((isStop) =>
    firstOf((asking.length > 0 ? asking : same).filter((budget) => budget.stops === isStop)),
  );
  if (warns === undefined || stops === undefined) return [warns ?? stops].filter((one) => one !== undefined);
  if (warns.limit < stops.limit) return [warns, stops];
  // Only a budget that stops tells an agent to conclude.
  const nearPercent = Math.min(stops.nearPercent, percentOf(stops, warns, 'nearPercent'));
  return [{ ...stops, nearPercent }];
}

/** The one of the lowest limit, with those marks of all that are reached first. */
function firstOf(budgets: readonly Budget[]): Budget | undefined {
  const [strict] = budgets.toSorted((a, b) => Number(a.limit > b.limit) - Number(a.limit < b.limit));
  if (strict === undefined) return undefined;
  const first = (mark: Mark) => Math.min(...budgets.map((budget) => percentOf(strict, budget, mark)));
  return { ...strict, nearPercent: first('nearPercent'), wrapUpPercent: first('wrapUpPercent') };
}

type Mark = 'nearPercent' | 'wrapUpPercent';

/** A mark of another budget in percents of this one's limit: it stands for an amount, whatever limit it is of. */
function percentOf({ limit }: Budget, other: Budget, mark: Mark): number {
  return limit <= 0n ? other[mark] : Number((BigInt(other[mark]) * other.limit) / limit);
}
