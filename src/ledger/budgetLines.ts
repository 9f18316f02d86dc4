/** What moves the line that a budget draws: resets, from which it counts anew, and what its limit was raised by. */

import type { Amount } from '../domain/budget.ts';
import type { Database } from './database.ts';
import type { ResetPoint } from './grownReceipts.ts';

/** Whose line it is: a budget's id, and the id of a session or 0. */
export interface LineOwner {
  readonly budget: string;
  readonly session: number;
}

export interface Reset extends ResetPoint {
  /** 1 for the first. */
  readonly number: number;
}

interface ResetRow {
  readonly number: number;
  readonly at_ms: number;
  readonly last_receipt: number;
}

const lastResetOf = `
  SELECT number, at_ms, last_receipt FROM budget_reset WHERE budget = ? AND session = ? ORDER BY number DESC LIMIT 1`;

export function lastReset(db: Database, { budget, session }: LineOwner): Reset | null {
  const row = db.get<ResetRow>(lastResetOf, budget, session);
  return row === undefined ? null : { number: row.number, atMs: row.at_ms, lastReceipt: row.last_receipt };
}

/**
 * Counts anew after the receipt that was stored last: times in logs may lie in the future, and change while a response is
 * logged. Must be called in a transaction.
 */
export function addReset(db: Database, { budget, session }: LineOwner, spent: Amount, nowMs: number): void {
  const sql = `
    INSERT INTO budget_reset (budget, session, number, at_ms, last_receipt, spent)
    SELECT ?, ?, 1 + count(*), ?, (SELECT ifnull(max(id), 0) FROM receipt), ?
    FROM budget_reset WHERE budget = ? AND session = ?`;
  db.run(sql, budget, session, nowMs, String(spent), budget, session);
}

/** A raise holds for one period, named by its begin or 0, and until the next reset. */
export interface RaiseTime {
  readonly periodMs: number;
  readonly reset: number;
  /** Where a window rolls on: what was raised before holds no more. */
  readonly sinceMs?: number;
}

export function raisedBy(db: Database, { budget, session }: LineOwner, time: RaiseTime): Amount {
  const { periodMs, reset, sinceMs = null } = time;
  const sql = `
    SELECT amount FROM budget_raise
    WHERE budget = ? AND session = ? AND period = ? AND reset = ? AND ifnull(at_ms >= ?, 1)`;
  const row = db.get<{ amount: string }>(sql, budget, session, periodMs, reset, sinceMs);
  return BigInt(row?.amount ?? 0);
}

/** @param amount in place of what {@link raisedBy} tells of it */
export function storeRaise(
  db: Database,
  owner: LineOwner,
  time: RaiseTime,
  amount: Amount,
  nowMs: number,
): void {
  const sql = `
    INSERT OR REPLACE INTO budget_raise (budget, session, period, reset, amount, at_ms) VALUES (?, ?, ?, ?, ?, ?)`;
  db.run(sql, owner.budget, owner.session, time.periodMs, time.reset, String(amount), nowMs);
}
