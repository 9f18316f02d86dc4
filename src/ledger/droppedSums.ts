/**
 * Some logs drop responses, as when their user goes back to a checkpoint, and keep the sum of what these had cost. How much
 * of it has been counted while the responses still stood there, the ledger knows from its receipts, and from nothing that
 * would have to be remembered beside them.
 */

import type { ReceiptId } from '../domain/receipt.ts';
import { type TokenCounts, tokenClasses, totalTokens } from '../domain/tokens.ts';
import type { Database } from './database.ts';
import { type HashedId, hashId } from './identity.ts';
import { type StoredReceipt, storedReceipts, toReading } from './receiptRow.ts';
import type { ReceiptDraft } from './receiptRows.ts';

/**
 * What is left of a sum without those parts of it that the ledger has as receipts of their own; `null` where nothing is.
 *
 * @param session id of the session that both are credited to
 */
export function withoutCounted(db: Database, session: number, sum: ReceiptDraft): ReceiptDraft | null {
  const { dropped, reading, agent } = sum;
  if (dropped === undefined) return sum;
  const kept = new Set([sum.id, ...dropped.kept.map((id: ReceiptId) => hashId(agent, id))].map(textOf));
  const parts = db
    .all<StoredPart>(selectParts, session, dropped.afterMs, dropped.untilMs)
    .filter(({ identity }) => !kept.has(identity));
  if (parts.length === 0) return sum;
  const tokens = parts.map((part) => toReading(part).tokens).reduce(subtract, reading.tokens);
  // What the agent says that the whole sum cost is not the cost of what is left.
  return totalTokens(tokens) === 0 ? null : { ...sum, reading: { ...reading, tokens, reportedCost: null } };
}

type StoredPart = StoredReceipt & { readonly identity: string };

const selectParts = `
  ${storedReceipts("response || '/' || request AS identity")}
  WHERE receipt.session = ? AND at_ms > ? AND at_ms <= ?`;

function textOf({ response, request }: HashedId): string {
  return `${response}/${request}`;
}

/** By class, and never below 0; of the reasoning in what is left nothing is known. */
function subtract(from: TokenCounts, part: TokenCounts): TokenCounts {
  const left = tokenClasses.map((name) => [name, lessBy(from[name], part[name])] as const);
  return { ...from, ...Object.fromEntries(left), reasoning: null };
}

function lessBy(from: number | null, part: number | null): number | null {
  return from === null ? null : Math.max(0, from - (part ?? 0));
}
