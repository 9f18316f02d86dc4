/** Budgets of which the user wants to hear nothing for a while. */

import type { Snooze } from '../domain/budget.ts';
import type { LineOwner } from './budgetLines.ts';
import type { Database } from './database.ts';

/** @param owner '' for all budgets, and 0 for all sessions */
export function snooze(db: Database, { budget, session }: LineOwner, untilMs: number): void {
  const sql = 'INSERT OR REPLACE INTO snooze (budget, session, until_ms) VALUES (?, ?, ?)';
  db.write(() => db.run(sql, budget, session, untilMs));
}

/** Those of all sessions that are not over yet. */
export function snoozesAt(db: Database, nowMs: number): readonly Snooze[] {
  const sql =
    'SELECT budget, until_ms AS untilMs FROM snooze WHERE session = 0 AND until_ms > ? ORDER BY budget';
  const rows = db.all<{ budget: string; untilMs: number }>(sql, nowMs);
  return rows.map(({ budget, untilMs }) => ({ budget: budget === '' ? null : budget, untilMs }));
}

/** A snooze of all budgets, or of all sessions, counts for each. */
export function isSnoozed(db: Database, { budget, session }: LineOwner, nowMs: number): boolean {
  const sql = `
    SELECT 1 FROM snooze WHERE budget IN ('', ?) AND session IN (0, ?) AND until_ms > ? LIMIT 1`;
  return db.get(sql, budget, session, nowMs) !== undefined;
}
