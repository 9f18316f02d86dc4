/**
 * Brings over from a damaged ledger what can still be read of it, row by row and through the merge rules: receipts
 * whose logs are gone live nowhere else. Cursors stay behind, so the logs are read again from their start.
 */

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AgentId } from '../domain/agent.ts';
import { isTokenCount, isTokenSum, maxTokensPerSum, tokenClasses } from '../domain/tokens.ts';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import type { FactField, SessionName } from './batch.ts';
import type { Database } from './database.ts';
import type { Fact, Reading } from './merge.ts';
import type { Pricing } from './pricing.ts';
import { readableRows, readableSpan } from './readableRows.ts';
import { classColumns, type StoredReceipt, storedReceipts, toCredit, toReading } from './receiptRow.ts';
import { ReceiptStore } from './receiptStore.ts';
import { SessionStore } from './sessionStore.ts';
import { settle } from './settle.ts';
import { ToolCallStore } from './toolCalls.ts';

/** Returns how many receipts came over. */
export function rescue(sqlite: Sqlite, damagedPath: string, into: Database, pricing: Pricing): number {
  const damaged = openDamaged(sqlite, damagedPath);
  if (damaged === null) return 0;
  try {
    return into.write(() => {
      const sessions = new SessionStore(into);
      rescueSessions(damaged, sessions);
      rescueBudgetRecords(damaged, into, sessions);
      rescueToolCalls(damaged, new ToolCallStore(into));
      rescueRows(damaged, into, 'plan_reading');
      rescueRows(damaged, into, 'stated');
      into.run(dropUnsound);
      const receipts = new ReceiptStore(into, sessions, pricing);
      const count = rescueReceipts(damaged, receipts);
      settle(into, sessions, receipts);
      return count;
    });
  } finally {
    damaged.close();
  }
}

function openDamaged(sqlite: Sqlite, path: string): DatabaseSync | null {
  try {
    return new sqlite.DatabaseSync(path);
  } catch {
    return null;
  }
}

interface RescuedSession {
  readonly id: number;
  readonly agent: AgentId;
  readonly key: string;
  readonly started_ms: number | null;
  readonly last_ms: number | null;
}

function rescueSessions(damaged: DatabaseSync, sessions: SessionStore): void {
  const rows = readableRows<RescuedSession>(damaged, 'SELECT * FROM session', 'id');
  for (const { id, agent, key, started_ms, last_ms } of rows) {
    const facts = factsOf(damaged, id);
    const delegates = delegatesOf(damaged, id);
    const draft = { agent, key, facts, delegates, startedMs: started_ms, lastMs: last_ms };
    attempt(() => sessions.store(draft));
  }
  sessions.finish();
}

interface RescuedFact {
  readonly field: FactField;
  readonly value: string;
  readonly reader: number;
  readonly rank: number;
  readonly at_ms: number;
  readonly position: number;
}

function factsOf(damaged: DatabaseSync, session: number): Map<FactField, Fact> {
  const facts = new Map<FactField, Fact>();
  const rows = readableSpan<RescuedFact>(damaged, 'SELECT * FROM fact WHERE session = ?', session);
  for (const { field, value, reader, rank, at_ms, position } of rows) {
    facts.set(field, { value, reader, rank, atMs: at_ms, position });
  }
  return facts;
}

function delegatesOf(damaged: DatabaseSync, session: number): Map<string, SessionName> {
  const sql = `
    SELECT agent, key FROM delegation JOIN session ON session.id = delegation.delegate
    WHERE delegation.session = ?`;
  const names = [...readableSpan<SessionName>(damaged, sql, session)];
  return new Map(names.map(({ agent, key }) => [`${agent}\0${key}`, { agent, key }]));
}

type RescuedReceipt = StoredReceipt & {
  readonly id: number;
  readonly agent: AgentId;
  readonly response: string;
  readonly request: string;
};

function rescueReceipts(damaged: DatabaseSync, receipts: ReceiptStore): number {
  const identity = 'receipt.id, agent, CAST(response AS TEXT) AS response, CAST(request AS TEXT) AS request';
  const select = storedReceipts(identity, (column) => hasColumn(damaged, 'receipt', column));
  const rows = readableRows<RescuedReceipt>(damaged, select, 'receipt.id');
  let count = 0;
  for (const row of rows) {
    if (attempt(() => rescueReceipt(row, receipts))) count++;
  }
  receipts.finish();
  receipts.settleRequests();
  return count;
}

/** A ledger that was damaged before it was brought up to date lacks what newer ones have. */
function hasColumn(damaged: DatabaseSync, table: string, column: string): boolean {
  const sql = 'SELECT 1 AS id FROM pragma_table_info(?) WHERE name = ?';
  try {
    return damaged.prepare(sql).get(table, column) !== undefined;
  } catch {
    return true;
  }
}

function rescueReceipt(row: RescuedReceipt, receipts: ReceiptStore): void {
  const reading = toReading(row);
  if (!isSound(reading)) throw new RangeError('a damaged receipt');
  const id = { response: BigInt(row.response), request: BigInt(row.request) };
  receipts.store({ agent: row.agent, id, reading, credit: toCredit(row) }, row.id);
}

/** Likewise of what is stated, without which a receipt counts what it counted last. */
const dropUnsound = `
  DELETE FROM stated WHERE ${classColumns.map((name) => `${name} NOT BETWEEN 0 AND ${maxTokensPerSum}`).join(' OR ')}`;

/** A page that was overwritten may still decode to something. */
function isSound({ tokens, atMs, quality }: Reading): boolean {
  const isCount = quality === 'sessionTotal' ? isTokenSum : isTokenCount;
  const counts = tokenClasses.map((name) => tokens[name]);
  return Number.isSafeInteger(atMs) && atMs >= 0 && counts.every((count) => count === null || isCount(count));
}

/** What moves the lines of budgets comes over too, or the user would be told again what they know, and go on unstopped. */
function rescueBudgetRecords(damaged: DatabaseSync, into: Database, sessions: SessionStore): void {
  for (const table of ['budget', 'sum_at_reset']) rescueRows(damaged, into, table);
  for (const table of ['budget_reset', 'budget_raise', 'alert', 'stop', 'snooze']) {
    rescueRows(damaged, into, table, (session) => sessionIn(damaged, session, sessions));
  }
}

/** The id of a session in the new ledger; 0, which is none, stays. @throws where the damaged one does not know it */
function sessionIn(damaged: DatabaseSync, session: SQLInputValue, sessions: SessionStore): number {
  if (Number(session) === 0) return 0;
  const sql = 'SELECT agent, key FROM session WHERE id = ?';
  const [row] = readableSpan<SessionName>(damaged, sql, Number(session));
  if (row === undefined) throw new RangeError('a record of a session that is lost');
  return sessions.idOf(row.agent, row.key);
}

interface RescuedCall {
  readonly response: bigint;
  readonly call: bigint;
  readonly name: string | null;
  readonly input: bigint | null;
  readonly result_bytes: bigint | null;
  readonly is_failed: bigint | null;
}

function rescueToolCalls(damaged: DatabaseSync, calls: ToolCallStore): void {
  const sql = `
    SELECT response, call, tool.name AS name, input, result_bytes, is_failed
    FROM tool_call LEFT JOIN tool ON tool.id = tool_call.tool WHERE ?`;
  for (const { result_bytes, is_failed, ...call } of readableSpan<RescuedCall>(damaged, sql, 1, true)) {
    const resultBytes = result_bytes === null ? null : Number(result_bytes);
    attempt(() =>
      calls.store({ ...call, resultBytes, isFailed: is_failed === null ? null : is_failed !== 0n }),
    );
  }
}

/** @param toSession what becomes of a column `session`; absent where there is none */
function rescueRows(
  damaged: DatabaseSync,
  into: Database,
  table: string,
  toSession?: (session: SQLInputValue) => number,
): void {
  const rows = readableSpan<Record<string, SQLInputValue>>(
    damaged,
    `SELECT * FROM ${table} WHERE ?`,
    1,
    true,
  );
  for (const row of rows) {
    attempt(() => {
      const moved = toSession === undefined ? row : { ...row, session: toSession(row.session ?? 0) };
      const names = Object.keys(moved);
      const insert = `INSERT OR IGNORE INTO ${table} (${names}) VALUES (${names.map(() => '?')})`;
      into.run(insert, ...Object.values(moved));
    });
  }
}

/** Returns whether a row could be read and stored. What is wrong with one row costs that row; a full disk costs all. */
function attempt(store: () => unknown): boolean {
  try {
    store();
    return true;
  } catch (error) {
    if (faultOf(error) !== 'other') throw error;
    return false;
  }
}
