/** Which crossings were told already, by any window, and which only noted. */

import type { Amount } from '../domain/budget.ts';
import type { LineOwner, RaiseTime } from './budgetLines.ts';
import type { Database } from './database.ts';

export interface AlertClaim extends LineOwner {
  readonly time: RaiseTime;
  readonly level: string;
  /** The line that was crossed. */
  readonly limit: Amount;
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

const mostStorable = 2n ** 63n - 1n;

/** SQLite's integers end at 2⁶³, which only sums of damaged logs reach: one that is larger is kept as that. */
function saturate(amount: Amount): Amount {
  return amount > mostStorable ? mostStorable : amount;
}
