/**
 * What logs state of receipts that count only what others leave of it: sums of what a log has dropped, and turns that
 * another agent was asked to do. It is kept beside the receipts, and what is left is worked out anew whenever one of them
 * has changed: so no order of reading matters, not even that of an older state of a log after a newer one.
 */

import type { SQLInputValue } from 'node:sqlite';
import type { Dropped } from '../domain/receipt.ts';
import { type TokenCounts, tokenClasses } from '../domain/tokens.ts';
import type { Database } from './database.ts';
import { type HashedId, hashId } from './identity.ts';
import { narrower, type Reading, type Span } from './merge.ts';
import { amountColumns, creditColumns, readingColumns, storedReceipts } from './receiptRow.ts';
import type { ReceiptDraft } from './receiptRows.ts';
import { toStorable } from './storedCost.ts';

const plainColumns = [
  ...['id', 'response', 'request', 'superseded'],
  ...creditColumns,
  ...readingColumns.filter((name) => !amountColumns.includes(name)),
].map((name) => `counting.${name}`);

/** Where nothing is known in what is stated, nothing is in what is left. */
const statedColumns = amountColumns.map((name) => `coalesce(stated.${name}, counting.${name}) AS ${name}`);

const countedColumns = amountColumns.map((name) => `counting.${name}`);

/** What a sum is the sum of, as columns. */
export const spanColumns = [
  'after_ms',
  'until_ms',
  'kept',
  'of_model',
  'with_sub_agents',
  'without_sums',
] as const;

/** What is left of a receipt as it stands in the column `counted`: tokens, and no cost that its agent tells. */
export function countedText(tokens: TokenCounts): string {
  return JSON.stringify([...tokenClasses.map((name) => tokens[name]), tokens.reasoning, null]);
}

/** The tokens of such a text, as the column `counted` has it of any receipt. */
export function countedTokens(text: string): TokenCounts & { readonly reasoning: number | null } {
  const counts = JSON.parse(text) as readonly (number | null)[];
  const named = [...tokenClasses, 'reasoning'].map((name, index) => [name, counts[index]]);
  return Object.fromEntries(named);
}

/** To be queried as `receipt`: receipts as their logs state them. */
export const receiptsAsStated = `(
  SELECT ${[...plainColumns, ...statedColumns]}, ${spanColumns},
    stated.response IS NOT NULL AS is_noted, json_array(${countedColumns}) AS counted
  FROM receipt AS counting
  LEFT JOIN stated ON stated.response = counting.response AND stated.request = counting.request) AS receipt`;

/** As `storedReceipts`, of receipts as their logs state them. */
export function statedReceipts(extra?: string): string {
  return storedReceipts(extra, undefined, receiptsAsStated);
}

/** Notes what is stated of a receipt that is about to count less; what is noted already stays. */
export function noteStated(db: Database, id: number): void {
  db.run(copyAmounts, id);
}

const copyAmounts = `
  INSERT OR IGNORE INTO stated (response, request, ${amountColumns})
  SELECT response, request, ${amountColumns} FROM receipt WHERE id = ?`;

/** A better reading stands now. What an earlier one was the sum of says nothing of it. */
export function restate(db: Database, { response, request }: HashedId, reading: Reading): void {
  db.run(updateStated, ...amountsOf(reading), response, request);
}

const updateStated = `
  UPDATE stated SET ${amountColumns.map((name) => `${name} = ?`)}, ${spanColumns.map((name) => `${name} = NULL`)}
  WHERE response = ? AND request = ?`;

/** A reading as {@link amountColumns}. */
export function amountsOf({ tokens, reportedCost }: Reading): readonly SQLInputValue[] {
  return [
    tokens.uncachedInput,
    tokens.cacheRead,
    tokens.cacheWrite5m,
    tokens.cacheWrite1h,
    tokens.cacheWriteUnknown,
    tokens.output,
    tokens.reasoning,
    toStorable(reportedCost),
  ];
}

/** Columns of what a sum is the sum of; `null` for what is no sum of dropped responses. */
export interface SpanRow {
  readonly after_ms: number | null;
  readonly until_ms: number | null;
  /** Of each receipt the hashes of its response and request, with spaces between them. */
  readonly kept: string | null;
  /** 1 or `null`, likewise the others. */
  readonly of_model: number | null;
  readonly with_sub_agents: number | null;
  readonly without_sums: number | null;
}

export function spanOf(row: SpanRow): Span<string> | null {
  const { after_ms, until_ms, kept } = row;
  if (after_ms === null || until_ms === null || kept === null) return null;
  return {
    afterMs: after_ms,
    untilMs: until_ms,
    kept: kept === '' ? [] : kept.split(' '),
    ...(row.of_model === 1 && { isOfModel: true }),
    ...(row.with_sub_agents === 1 && { withSubAgents: true }),
    ...(row.without_sums === 1 && { withoutSums: true }),
  };
}

/** Notes what a sum that stands is the sum of. Returns whether that was not known. */
export function noteSpan(db: Database, { agent, id }: ReceiptDraft, dropped: Dropped): boolean {
  const told = { ...dropped, kept: dropped.kept.map((each) => nameOf(hashId(agent, each))) };
  const row = db.get<SpanRow>(selectSpan, id.response, id.request);
  const known = row === undefined ? null : spanOf(row);
  const { afterMs, untilMs, kept, ...which } = known === null ? told : narrower(known, told);
  const names = [...new Set(kept)].sort().join(' ');
  const flags = [which.isOfModel, which.withSubAgents, which.withoutSums].map((flag) => (flag ? 1 : null));
  const now = [afterMs, untilMs, names, ...flags];
  if (known !== null && spanColumns.every((name, index) => row?.[name] === now[index])) return false;
  return db.run(updateSpan, ...now, id.response, id.request) > 0;
}

const selectSpan = `SELECT ${spanColumns} FROM stated WHERE response = ? AND request = ?`;
const updateSpan = `
  UPDATE stated SET ${spanColumns.map((name) => `${name} = ?`)} WHERE response = ? AND request = ?`;

/** As receipts that are kept are named. */
export function nameOf({ response, request }: HashedId): string {
  return `${response}/${request}`;
}
