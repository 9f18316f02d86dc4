/** Stores a batch with the cursors of the logs that it came from, in one transaction: both or neither. */

import type { Drafts } from './batch.ts';
import type { CursorStep } from './cursorStep.ts';
import type { Database } from './database.ts';
import { storePlanReading } from './planReadings.ts';
import type { Pricing } from './pricing.ts';
import { ReceiptStore } from './receiptStore.ts';
import { noteStored } from './reprice.ts';
import { SessionStore } from './sessionStore.ts';
import { settle } from './settle.ts';
import { findSource, type Source, type StoredSource } from './source.ts';
import { ToolCallStore } from './toolCalls.ts';

/**
 * Returns `false`, with nothing stored, when another process has moved one of the cursors since it was read: then
 * the logs must be looked at again.
 */
export function storeBatch(
  db: Database,
  batch: Drafts,
  steps: readonly CursorStep[],
  pricing: Pricing,
): boolean {
  return db.write(() => {
    if (!steps.every((step) => isCurrent(db, step))) return false;
    for (const step of steps) storeStep(db, step);
    const sessions = new SessionStore(db);
    for (const session of batch.sessions) sessions.store(session);
    sessions.finish();
    const receipts = new ReceiptStore(db, sessions, pricing);
    receipts.storeRows(batch.receipts);
    for (const sum of batch.receipts.sums) receipts.storeSum(sum);
    receipts.finish();
    receipts.settleRequests();
    settle(db, sessions, receipts);
    new ToolCallStore(db).storeRows(batch.toolCalls);
    for (const reading of batch.planReadings) storePlanReading(db, reading);
    noteStored(db, pricing);
    return true;
  });
}

function isCurrent(db: Database, { fromRevision, fromPath, source }: CursorStep): boolean {
  const isMove = fromPath !== source.path;
  const target = isMove ? findSource(db, source.agent, source.path) : undefined;
  return target === undefined && revisionOf(findSource(db, source.agent, fromPath)) === fromRevision;
}

function revisionOf(source: StoredSource | undefined): number {
  return source?.revision ?? 0;
}

function storeStep(db: Database, step: CursorStep): void {
  const id = step.fromRevision === 0 ? insertSource(db, step) : updateSource(db, step);
  if (step.isRestart) db.run('DELETE FROM refusal WHERE source = ?', id);
  for (const [reason, count] of step.refused) db.run(addRefusals, id, reason, count);
}

const addRefusals = `
  INSERT INTO refusal (source, reason, count) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count`;

function insertSource(db: Database, { source }: CursorStep): number {
  const sql = `
    INSERT INTO source (revision, root, path, is_unreadable, file_id, size, mtime_us, born_ms, read_bytes, tail_hash,
      logged_ms, reader, parser, agent)
    VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  return db.insert(sql, ...columnsOf(source), source.agent);
}

function updateSource(db: Database, { source, fromPath }: CursorStep): number {
  const sql = `
    UPDATE source SET revision = revision + 1, root = ?, path = ?, is_unreadable = ?, file_id = ?, size = ?,
      mtime_us = ?, born_ms = ?, read_bytes = ?, tail_hash = ?, logged_ms = ?, reader = ?, parser = ?
    WHERE agent = ? AND path = ? RETURNING id`;
  const row = db.get<{ id: number }>(sql, ...columnsOf(source), source.agent, fromPath);
  if (row === undefined) throw new Error('a source vanished within a transaction');
  return row.id;
}

function columnsOf(source: Source) {
  return [
    source.root,
    source.path,
    source.isUnreadable ? 1 : 0,
    source.file.id,
    source.file.size,
    source.file.mtimeUs,
    source.bornMs,
    source.readBytes,
    source.tailHash,
    source.loggedMs,
    source.reader,
    source.parser ?? null,
  ];
}
