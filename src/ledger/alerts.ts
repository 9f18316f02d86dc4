/** Which crossings were told already, by any window, and which only noted. */

import type { Amount } from '../domain/budget.ts';
import type { LineOwner, RaiseTime } from './budgetLines.ts';
import type { Database } from './database.ts';

export interface AlertLine extends LineOwner {
  readonly time: RaiseTime;
  /** Where it lay. */
  readonly limit: Amount;
}

export interface AlertClaim extends AlertLine {
  readonly level: string;
  readonly spent: Amount;
  readonly atMs: number;
  /** Whether the user will be told; if not, the crossing is only noted, so that nobody tells of what is long past. */
  readonly isTold: boolean;
}

/**
 * Notes a crossing. What was noted in silence may be told once more was spent.
 *
 * @returns whether this caller was the first to note it, or to tell it: only then may it tell
 */
export function claimAlert(db: Database, claim: AlertClaim): boolean {
  const { budget, session, time, level, limit, spent, atMs, isTold } = claim;
  const sql = `
    INSERT INTO alert (budget, session, period, level, amount, reset, at_ms, spent, is_told)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms, spent = excluded.spent, is_told = 1
    WHERE excluded.is_told > alert.is_told AND excluded.spent > alert.spent`;
  const key = [budget, session, time.periodMs, level, String(limit), time.reset];
  const values = [...key, atMs, saturate(spent), isTold ? 1 : 0];
  return db.write(() => db.run(sql, ...values) > 0);
}

/** Whether the user heard of a crossing: then there is nothing to claim. */
export function wasTold(db: Database, line: AlertLine, level: string): boolean {
  const sql = `SELECT 1 FROM alert WHERE ${ofLine} AND level = ? AND is_told = 1`;
  return db.get(sql, ...lineValues(line), level) !== undefined;
}

/** Whether crossings of a line were noted, of any level. */
export function hasAlerts(db: Database, line: AlertLine): boolean {
  return db.get(`SELECT 1 FROM alert WHERE ${ofLine} LIMIT 1`, ...lineValues(line)) !== undefined;
}

interface AlertRow {
  readonly level: string;
  readonly at_ms: number;
  readonly spent: number;
  readonly is_told: number;
}

/** The crossings of a line that were noted. */
export function alertsOf(
  db: Database,
  line: AlertLine,
): readonly Pick<AlertClaim, 'level' | 'spent' | 'atMs' | 'isTold'>[] {
  const sql = `SELECT level, at_ms, spent, is_told FROM alert WHERE ${ofLine}`;
  const rows = db.all<AlertRow>(sql, ...lineValues(line));
  return rows.map(({ level, at_ms, spent, is_told }) => {
    return { level, atMs: at_ms, spent: BigInt(spent), isTold: is_told === 1 };
  });
}

/** Lets the crossings of a line be told again. */
export function forgetAlerts(db: Database, line: AlertLine): void {
  db.write(() => db.run(`DELETE FROM alert WHERE ${ofLine}`, ...lineValues(line)));
}

const ofLine = 'budget = ? AND session = ? AND period = ? AND amount = ? AND reset = ?';

function lineValues({ budget, session, time, limit }: AlertLine) {
  return [budget, session, time.periodMs, String(limit), time.reset];
}

const mostStorable = 2n ** 63n - 1n;

/** SQLite's integers end at 2⁶³, which only sums of damaged logs reach: one that is larger is kept as that. */
function saturate(amount: Amount): Amount {
  return amount > mostStorable ? mostStorable : amount;
}
