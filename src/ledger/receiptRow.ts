/** A stored receipt on its way out of the database. */

import { pico } from '../domain/money.ts';
import type { BillingTerms, Circumstances, Claim } from '../domain/receipt.ts';
import type { TokenCounts } from '../domain/tokens.ts';
import { type Credit, claims, qualities, type Reading } from './merge.ts';

/** A receipt as stored, with names in place of ids. Money comes as text, which loses no digits. */
export interface StoredReceipt {
  readonly session_key: string;
  readonly claim: number;
  readonly born_ms: number;
  readonly reader: number;
  readonly at_ms: number;
  readonly model: string;
  readonly uncached_input: number | null;
  readonly cache_read: number | null;
  readonly cache_write_5m: number | null;
  readonly cache_write_1h: number | null;
  readonly cache_write_unknown: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly web_searches: number;
  readonly terms: string | null;
  readonly circumstance: string | null;
  readonly duration_ms: number | null;
  readonly turn: number | null;
  readonly context_tokens: number | null;
  readonly turn_started_ms: number | null;
  readonly quality: number;
  readonly reported_pico: string | null;
}

/** The classes of tokens that the prompt is made of, as columns. */
export const promptColumns = [
  'uncached_input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cache_write_unknown',
];

/** All classes, as columns. Reasoning is none of its own: it is part of the output. */
export const classColumns = [...promptColumns, 'output'];

/** What surrounded a receipt, as far as it is a number. */
const aroundColumns = ['duration_ms', 'turn', 'context_tokens', 'turn_started_ms'];

/** Whose a receipt is, as columns. */
export const creditColumns = ['session', 'claim', 'born_ms'];

/** What a receipt says, as columns: what it costs by our prices is no part of it. */
export const readingColumns = [
  'reader',
  'at_ms',
  'model',
  ...classColumns,
  'reasoning',
  'web_searches',
  'terms',
  'circumstance',
  ...aroundColumns,
  'quality',
  'reported_pico',
];

/** What a receipt counts, as columns. */
export const amountColumns = [...classColumns, 'reasoning', 'reported_pico'];

/**
 * A query for {@link StoredReceipt}s up to its conditions.
 *
 * @param extra columns to give besides
 * @param has whether the ledger has a column of receipts: one of before they knew what surrounded them lacks some
 * @param receipts the table, or what stands in its place
 */
export function storedReceipts(
  extra = 'receipt.id',
  has: (column: string) => boolean = () => true,
  receipts = 'receipt',
): string {
  const hasText = has('circumstance');
  const text = hasText ? 'circumstance.json AS circumstance' : 'NULL AS circumstance';
  const around = [text, ...aroundColumns.map((name) => (has(name) ? name : `NULL AS ${name}`))];
  const join = hasText ? 'LEFT JOIN circumstance ON circumstance.id = receipt.circumstance' : '';
  return `
  SELECT ${extra}, session.key AS session_key, claim, born_ms, reader, at_ms, model.name AS model, uncached_input, cache_read,
    cache_write_5m, cache_write_1h, cache_write_unknown, output, reasoning, web_searches, terms.json AS terms, ${around},
    quality, CAST(reported_pico AS TEXT) AS reported_pico
  FROM ${receipts} JOIN session ON session.id = receipt.session JOIN model ON model.id = receipt.model
  LEFT JOIN terms ON terms.id = receipt.terms ${join}`;
}

export function toReading(row: StoredReceipt): Reading {
  return {
    claim: claimOf(row),
    reader: row.reader,
    atMs: row.at_ms,
    model: row.model,
    tokens: toTokens(row),
    webSearches: row.web_searches,
    terms: row.terms === null ? {} : (JSON.parse(row.terms) as BillingTerms),
    circumstances: toCircumstances(row),
    quality: qualities[row.quality] ?? 'partial',
    reportedCost: row.reported_pico === null ? null : pico(BigInt(row.reported_pico)),
  };
}

/** Counts of tokens as columns. */
type StoredCounts<Count> = Readonly<
  Record<
    | 'uncached_input'
    | 'cache_read'
    | 'cache_write_5m'
    | 'cache_write_1h'
    | 'cache_write_unknown'
    | 'output'
    | 'reasoning',
    Count
  >
>;

export function toTokens<Count extends number | null>(
  row: StoredCounts<Count>,
): Readonly<Record<keyof TokenCounts, Count>> {
  return {
    uncachedInput: row.uncached_input,
    cacheRead: row.cache_read,
    cacheWrite5m: row.cache_write_5m,
    cacheWrite1h: row.cache_write_1h,
    cacheWriteUnknown: row.cache_write_unknown,
    output: row.output,
    reasoning: row.reasoning,
  };
}

function toCircumstances(row: StoredReceipt): Circumstances {
  const { circumstance, duration_ms, turn, context_tokens, turn_started_ms } = row;
  return {
    ...(circumstance !== null && (JSON.parse(circumstance) as Circumstances)),
    ...(duration_ms !== null && { durationMs: duration_ms }),
    ...(turn !== null && { turn }),
    ...(context_tokens !== null && { contextTokens: context_tokens }),
    ...(turn_started_ms !== null && { turnStartedMs: turn_started_ms }),
  };
}

export function toCredit(row: StoredReceipt): Credit {
  return { sessionKey: row.session_key, claim: claimOf(row), bornMs: row.born_ms };
}

export function claimOf(row: { readonly claim: number }): Claim {
  return claims[row.claim] ?? 'copied';
}
