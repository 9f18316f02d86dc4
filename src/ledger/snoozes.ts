/** Budgets of which the user wants to hear nothing for a while. */

import type { LineOwner } from './budgetLines.ts';
import type { Database } from './database.ts';

/** @param owner '' for all budgets, and 0 for all sessions */
export function snooze(db: Database, { budget, session }: LineOwner, untilMs: number): void {
  const sql = 'INSERT OR REPLACE INTO snooze (budget, session, until_ms) VALUES (?, ?, ?)';
  db.write(() => db.run(sql, budget, session, untilMs));
}

/** A snooze of all budgets, or of all sessions, counts for each. */
export function isSnoozed(db: Database, { budget, session }: LineOwner, nowMs: number): boolean {
  const sql = `
    SELECT 1 FROM snooze WHERE budget IN ('', ?) AND session IN (0, ?) AND until_ms > ? LIMIT 1`;
  return db.get(sql, budget, session, nowMs) !== undefined;
}
