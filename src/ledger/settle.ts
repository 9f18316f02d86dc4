/** Decides anew, when receipts have come, what counts of those of which several logs tell. */

import { settleAsked } from './askedProgram.ts';
import type { Database } from './database.ts';
import { settleDelegations } from './delegations.ts';
import { settleSums } from './droppedSums.ts';
import { heirsOf, settleInherited } from './inherited.ts';
import type { ReceiptStore } from './receiptStore.ts';
import type { SessionStore } from './sessionStore.ts';
import { settleTurns } from './turns.ts';

/**
 * In this order: of copies sums know by themselves, which may be copies in turn; and who had another agent do the work
 * counts what that one does not, which all other rules decide.
 */
export function settle(db: Database, sessions: SessionStore, receipts: ReceiptStore): void {
  const stirred = new Set([...sessions.related, ...receipts.touched]);
  const heirs = heirsOf(db, stirred);
  const changed = new Set([...stirred, ...heirs]);
  settleSums(db, changed, receipts.count);
  settleTurns(db, receipts.touched, receipts.count);
  settleInherited(db, heirs);
  settleAsked(db, receipts.touched, receipts.touchedSpan);
  settleDelegations(db, changed, receipts.count);
}
