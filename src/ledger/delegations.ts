/**
 * One agent can have another do the work, and both log it: OpenClaw calls Claude Code, a chat in VS Code is a session of
 * Copilot CLI. Whichever is read first, it counts once, by the log of the agent that did it; while that one has told
 * nothing, by the caller's.
 */

import type { Claim } from '../domain/receipt.ts';
import type { Database } from './database.ts';
import { claims, isToldByDelegate } from './merge.ts';

/** Returns whether it was not known that one session worked for another. */
export function storeDelegation(db: Database, session: number, delegate: number): boolean {
  if (session === delegate) return false;
  return db.run('INSERT OR IGNORE INTO delegation (session, delegate) VALUES (?, ?)', session, delegate) > 0;
}

/**
 * Decides anew which receipts of calling sessions are told by another agent, too.
 *
 * @param changed ids of the sessions of which receipts or delegations have changed, calling or called
 */
export function settleDelegations(db: Database, changed: ReadonlySet<number>): void {
  const ids = JSON.stringify([...changed]);
  for (const { session } of db.all<{ session: number }>(affectedCallers, ids, ids)) {
    const delegateClaims = db.all<{ claim: number }>(claimsOfDelegates, session).flatMap(toClaim);
    const superseded = isToldByDelegate('delegated', delegateClaims) ? 1 : 0;
    db.run(markDelegated, superseded, session, claims.indexOf('delegated'), superseded);
  }
}

function toClaim({ claim }: { readonly claim: number }): readonly Claim[] {
  return claims.slice(claim, claim + 1);
}

const affectedCallers = `
  SELECT session FROM delegation WHERE session IN (SELECT value FROM json_each(?))
  UNION SELECT session FROM delegation WHERE delegate IN (SELECT value FROM json_each(?))`;

const claimsOfDelegates = `
  SELECT DISTINCT claim FROM delegation JOIN receipt ON receipt.session = delegation.delegate
  WHERE delegation.session = ?`;

const markDelegated = 'UPDATE receipt SET superseded = ? WHERE session = ? AND claim = ? AND superseded <> ?';
