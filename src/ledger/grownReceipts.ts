/**
 * What receipts have grown by since a reset. Some agents tell one sum of a whole session, which grows in its one receipt,
 * and a response that is being logged grows, too: what such a receipt came to before a reset counts no more, and what it
 * comes to beyond that does.
 */

import type { Database } from './database.ts';
import { qualities } from './merge.ts';
import { classColumns } from './receiptRow.ts';

/** From where on a budget counts anew. */
export interface ResetPoint {
  readonly atMs: number;
  /** Receipts with a greater id count since, and what others have grown by. */
  readonly lastReceipt: number;
}

/** A response is logged to its end in less time. */
const growingMs = 900_000;

const counts = [...classColumns, 'reasoning'];
const amounts = ['cost_pico', 'reported_pico'];
const kept = [...counts, ...amounts];

/** Takes about a tenth of a second for a million receipts. Must be called in the transaction of the reset. */
export function keepSums(db: Database, resetMs: number): void {
  const sql = `
    INSERT OR REPLACE INTO sum_at_reset (reset_ms, receipt, ${kept})
    SELECT ?, id, ${kept} FROM receipt WHERE quality = ${qualities.indexOf('sessionTotal')} OR at_ms >= ?`;
  db.run(sql, resetMs, resetMs - growingMs);
  db.run(dropOlder);
}

/** Only the last reset of each budget counts. */
const dropOlder = `
  DELETE FROM sum_at_reset WHERE reset_ms NOT IN (
    SELECT at_ms FROM budget_reset AS reset WHERE number = (
      SELECT max(number) FROM budget_reset WHERE budget = reset.budget AND session = reset.session))`;

const grownCounts = counts.map((name) => `max(0, now.${name} - ifnull(then_.${name}, 0)) AS ${name}`);
/** An amount that was not known then is none that is known to have grown. */
const grownAmounts = amounts.map((name) => `max(0, now.${name} - then_.${name}) AS ${name}`);
/** A cost alone changes with the prices. */
const isGrown = [...counts, 'reported_pico'].map((name) => `now.${name} IS NOT then_.${name}`).join(' OR ');

/** To be queried as `counted`, by `reset_ms`: receipts, each with what it has grown by. */
export const grownReceipts = `(
  SELECT reset_ms, id, session, model, at_ms, quality, ${[...grownCounts, ...grownAmounts]}
  FROM sum_at_reset AS then_ JOIN counted AS now ON now.id = then_.receipt
  WHERE ${isGrown})`;
