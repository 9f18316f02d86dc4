/**
 * Some logs drop responses, as when their user goes back to a checkpoint, and keep the sum of what these had cost; others
 * tell sums, and of single responses a part, or in another log. What of a sum the ledger has as receipts of their own is
 * counted there, and the sum counts the rest: whichever of them was read last, as a backup or another machine may bring
 * back an older state of the log.
 */

import { subtract, type TokenCounts, totalTokens } from '../domain/tokens.ts';
import type { Database } from './database.ts';
import { askedSession, isOfSessionOrBefore } from './inherited.ts';
import { qualities, type Reading, type Span } from './merge.ts';
import { type StoredReceipt, toReading } from './receiptRow.ts';
import { countedTokens, type SpanRow, spanColumns, spanOf, statedReceipts } from './stated.ts';

/** What is left of a receipt to count. */
export interface Rest {
  readonly id: number;
  readonly reading: Reading;
  /** All of it is counted elsewhere. */
  readonly isNothing: boolean;
}

/**
 * Works out anew what sums count.
 *
 * @param changed ids of the sessions of which receipts or parents have changed
 * @param count has a receipt count what is left of it
 */
export function settleSums(db: Database, changed: ReadonlySet<number>, count: (rest: Rest) => void): void {
  for (const sum of db.all<SumRow>(sumsOf, JSON.stringify([...changed]))) {
    const span = spanOf(sum);
    if (span !== null) count(restOf(sum, partsOf(db, sum, span).map(tokensOf)));
  }
}

/** Of an earlier sum what is left of it: it is of a session that has not changed, or has been worked out before. */
function tokensOf(part: StoredPart): TokenCounts {
  return part.is_sum === 1 ? countedTokens(part.counted) : toReading(part).tokens;
}

function restOf(sum: SumRow, parts: readonly TokenCounts[]): Rest {
  const reading = toReading(sum);
  if (parts.length === 0) return { id: sum.id, reading, isNothing: false };
  const tokens = parts.reduce(subtract, reading.tokens);
  // What the agent says that the whole sum cost is not the cost of what is left.
  const rest = { ...reading, tokens, reportedCost: null };
  return { id: sum.id, reading: rest, isNothing: totalTokens(tokens) === 0 };
}

/** What a sum holds of what the ledger has. Of two sums the earlier may be part of the later, and never both of each other. */
function partsOf(db: Database, sum: SumRow, span: Span<string>): readonly StoredPart[] {
  const others = new Set([sum.name, ...span.kept]);
  const isOther = ({ model, name }: StoredPart) =>
    others.has(name) || (span.isOfModel === true && model !== sum.model);
  const isLater = (part: StoredPart) =>
    part.is_sum === 1 && (part.at_ms > sum.at_ms || (part.at_ms === sum.at_ms && part.name > sum.name));
  const select = span.withSubAgents ? selectPartsBelow : selectParts;
  const parts = db
    .all<StoredPart>(select, sum.session, span.afterMs, span.untilMs)
    .filter((part) => !isOther(part) && !isLater(part));
  return span.withoutSums ? singlesBeside(parts) : parts;
}

/** What was removed with an earlier sum was gone when the later one was made. */
function singlesBeside(parts: readonly StoredPart[]): readonly StoredPart[] {
  const spans = parts
    .map((part) => (part.is_sum === 1 ? spanOf(part) : null))
    .filter((span) => span !== null);
  const isHeld = ({ at_ms, name }: StoredPart) =>
    spans.some(({ afterMs, untilMs, kept }) => afterMs < at_ms && at_ms <= untilMs && !kept.includes(name));
  return parts.filter((part) => part.is_sum === 0 && !isHeld(part));
}

type SumRow = StoredReceipt &
  SpanRow & { readonly id: number; readonly session: number; readonly name: string };

type StoredPart = StoredReceipt &
  SpanRow & { readonly name: string; readonly is_sum: number; readonly counted: string };

const isSum = `quality = ${qualities.indexOf('sessionTotal')}`;
const name = "CAST(receipt.response AS TEXT) || '/' || CAST(receipt.request AS TEXT) AS name";

/** Up from a sub-agent to whose sums may hold what it did, and the earlier before the later, which may hold it. */
const sumsOf = `
  WITH RECURSIVE above (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT session.parent FROM above JOIN session ON session.id = above.id
      WHERE session.parent IS NOT NULL AND EXISTS (SELECT 1 FROM stated WHERE with_sub_agents = 1))
  ${statedReceipts(`receipt.id, receipt.session, ${name}, ${spanColumns}`)}
  WHERE receipt.session IN (SELECT id FROM above) AND ${isSum} ORDER BY at_ms, name`;

const parts = statedReceipts(`${name}, ${isSum} AS is_sum, counted, ${spanColumns}`);

const selectParts = `WITH ${askedSession} ${parts} WHERE ${isOfSessionOrBefore} AND at_ms > ? AND at_ms <= ?`;

const selectPartsBelow = `
  WITH RECURSIVE below (id) AS (
    SELECT ? UNION SELECT session.id FROM below JOIN session ON session.parent = below.id)
  ${parts} WHERE receipt.session IN (SELECT id FROM below) AND at_ms > ? AND at_ms <= ?`;
