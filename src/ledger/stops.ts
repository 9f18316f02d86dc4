/** Sessions that were to stop, and what came of it. */

import type { Database } from './database.ts';
import { quietMs } from './sessionTrees.ts';
import { treeOf } from './sums.ts';

export interface StopRecord {
  /** Id of a session that is no sub-agent. */
  readonly session: number;
  readonly atMs: number;
  readonly reason: string;
  /** Receipts with a greater id came after it. */
  readonly lastReceipt: number;
}

interface StopRow {
  readonly session: number;
  readonly at_ms: number;
  readonly reason: string;
  readonly last_receipt: number;
}

/** A session that is stopped already stays as it is. Must be called in a transaction. */
export function addStop(db: Database, session: number, reason: string, nowMs: number): void {
  const sql = `
    INSERT OR IGNORE INTO stop (session, at_ms, reason, last_receipt, released_ms, receipts_after)
    SELECT ?, ?, ?, (SELECT ifnull(max(id), 0) FROM receipt), NULL, 0
    WHERE NOT EXISTS (SELECT 1 FROM stop WHERE session = ? AND reason = ? AND released_ms IS NULL)`;
  db.run(sql, session, nowMs, reason, session, reason);
}

/** Returns how many stops it ended. @param session `null` for all @param reason `null` for every one */
export function endStops(
  db: Database,
  session: number | null,
  nowMs: number,
  reason: string | null = null,
): number {
  const sql = `
    UPDATE stop SET released_ms = ? WHERE released_ms IS NULL AND ifnull(session = ?, 1) AND ifnull(reason = ?, 1)`;
  return db.run(sql, nowMs, session, reason);
}

/** Stops that nobody released, oldest first. */
export function openStops(db: Database): readonly StopRecord[] {
  const sql =
    'SELECT session, at_ms, reason, last_receipt FROM stop WHERE released_ms IS NULL ORDER BY at_ms, session';
  return db.all<StopRow>(sql).map(({ session, at_ms, reason, last_receipt }) => {
    return { session, atMs: at_ms, reason, lastReceipt: last_receipt };
  });
}

/**
 * Notes how many responses came after a stop.
 *
 * @returns whether nobody had noted as many: only then may the caller tell
 */
export function noteCallsAfter(db: Database, { session, atMs }: StopRecord, calls: number): boolean {
  const sql = 'UPDATE stop SET receipts_after = ? WHERE session = ? AND at_ms = ? AND receipts_after < ?';
  const known = 'SELECT 1 FROM stop WHERE session = ? AND at_ms = ? AND receipts_after >= ?';
  if (db.get(known, session, atMs, calls) !== undefined) return false;
  return db.write(() => db.run(sql, calls, session, atMs, calls) > 0);
}

export interface CallsAfter {
  /** Responses after the stop, of the session and its sub-agents. */
  readonly calls: number;
  /** Those of them that responded shortly before it, or since: the first call of one may have been under way. */
  readonly agentsAtWork: number;
}

/** A response from before the stop that is read after it is none of them. */
export function callsAfter(db: Database, { session, atMs, lastReceipt }: StopRecord): CallsAfter {
  const sql = `${treeOf}
    SELECT ifnull(sum(counted.id > ? AND at_ms > ?), 0) AS calls,
      count(DISTINCT iif(at_ms > ?, session, NULL)) AS agents
    FROM tree JOIN counted ON counted.session = tree.id`;
  const values = [lastReceipt, atMs, atMs - quietMs];
  const row = db.get<{ calls: number; agents: number }>(sql, JSON.stringify([session]), ...values);
  return { calls: row?.calls ?? 0, agentsAtWork: row?.agents ?? 0 };
}
