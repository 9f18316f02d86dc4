/**
 * One agent can have another do the work, and both log it: OpenClaw calls Claude Code, a chat in VS Code is a session of
 * Copilot CLI. Whichever is read first, each turn counts once, by the log of the agent that did it; while that one has
 * told nothing of the turn, by the caller's.
 */

import type { Database } from './database.ts';
import { claims, type DelegatedTurn, isToldByDelegate } from './merge.ts';
import { type Marked, markSuperseded } from './superseded.ts';

/** Returns whether it was not known that one session worked for another. */
export function storeDelegation(db: Database, session: number, delegate: number): boolean {
  if (session === delegate) return false;
  return db.run('INSERT OR IGNORE INTO delegation (session, delegate) VALUES (?, ?)', session, delegate) > 0;
}

/**
 * Decides anew which turns of calling sessions are told by another agent, too.
 *
 * @param changed ids of the sessions of which receipts or delegations have changed, calling or called
 */
export function settleDelegations(db: Database, changed: ReadonlySet<number>): void {
  const ids = JSON.stringify([...changed]);
  for (const { session } of db.all<{ session: number }>(affectedCallers, ids, ids)) settleCaller(db, session);
}

function settleCaller(db: Database, session: number): void {
  const turns = db.all<TurnRow>(turnsOf, delegated, session, session, delegated);
  for (const turn of turns) markSuperseded(db, turn, isToldByDelegate(turn));
}

type TurnRow = DelegatedTurn & Marked;

const delegated = claims.indexOf('delegated');

const affectedCallers = `
  SELECT session FROM delegation WHERE session IN (SELECT value FROM json_each(?))
  UNION SELECT session FROM delegation WHERE delegate IN (SELECT value FROM json_each(?))`;

/** Of two that name each other none loses what it did itself. */
const callsAndWork = `
  SELECT id, superseded, at_ms, claim = ? AS is_turn, at_ms AS call_ms, NULL AS work_ms FROM receipt WHERE session = ?
  UNION ALL
  SELECT id, superseded, at_ms, 0, NULL, at_ms FROM delegation JOIN receipt ON receipt.session = delegation.delegate
  WHERE delegation.session = ? AND claim <> ?`;

const turnsOf = `
  SELECT id, superseded, at_ms AS atMs, afterMs, workMs FROM (
    SELECT *, max(call_ms) OVER (ORDER BY at_ms RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS afterMs,
      max(work_ms) OVER (ORDER BY at_ms RANGE UNBOUNDED PRECEDING) AS workMs
    FROM (${callsAndWork})
  ) WHERE is_turn`;
