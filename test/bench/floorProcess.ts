/**
 * What no cold scan of ours can fall below, as a program: `floorProcess.ts HOME DATA RECEIPTS STAGE`. Two threads start, and
 * at the stage `threads` end at once. At the others they read the logs of Claude Code below HOME and find the lines, and up
 * to `parsed` have the reader take them; one of them then stores as many rows into a ledger at DATA as there are receipts,
 * each with a call. Nothing is merged or priced. What is left of `lines` no reader can better, in whatever language it is.
 */

import { once } from 'node:events';
import { closeSync, globSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { LogBlock } from '../../src/agents/logBlock.ts';
import { Database } from '../../src/ledger/database.ts';
import type { LineTaker } from '../../src/ledger/lineTaker.ts';
import { inLots, type Lot, placesOf } from '../../src/ledger/lots.ts';
import { newBlock } from '../../src/ledger/newBlock.ts';
import { LogTail } from '../../src/ledger/tail.ts';
import { loadSqlite } from '../../src/storage/sqlite.ts';
import { parsing, passing } from './parsing.ts';

interface Work {
  readonly isStoring: boolean;
  readonly home: string;
  readonly data: string;
  readonly receipts: number;
  readonly stage: string;
}

/** The thread that stores reads so much less, in hundredths of the logs. */
const readWhileStoring = 40;
/** Rows in a transaction. */
const rowsAtOnce = 4_000;

async function runBoth(): Promise<void> {
  const [home = '', data = '', receipts = '0', stage = ''] = process.argv.slice(2);
  const ends = [true, false].map((isStoring) => {
    const given: Work = { isStoring, home, data, receipts: Number(receipts), stage };
    return once(new Worker(new URL(import.meta.url), { workerData: given }), 'exit');
  });
  await Promise.all(ends);
  console.log('done');
}

function work({ isStoring, home, data, receipts, stage }: Work): void {
  if (stage === 'threads') return;
  const logs = globSync('.claude/projects/**/*.jsonl', { cwd: home }).sort();
  const own = logs.filter((_, index) => index % 100 < readWhileStoring === isStoring);
  const block = newBlock();
  for (const log of own) read(join(home, log), block, stage === 'parsed' ? parsing(log) : passing);
  if (isStoring) store(data, receipts);
}

function read(path: string, block: LogBlock, taker: LineTaker): void {
  const fd = openSync(path, 'r');
  const tail = new LogTail(fd, 0, block, taker);
  while (tail.readBlock());
  closeSync(fd);
}

function store(path: string, receipts: number): void {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(sqlite.missing);
  const db = new Database(sqlite, path);
  for (let from = 0; from < receipts; from += rowsAtOnce) {
    const last = Math.min(receipts, from + rowsAtOnce);
    db.write(() => {
      for (const lot of inLots(last - from)) storeLot(db, from, lot);
    });
  }
  db.close();
}

/** Spread like hashes, which touch a table all over. */
function storeLot(db: Database, from: number, { first, count }: Lot): void {
  const rows = Array.from({ length: count }, (_, index) => {
    const row = from + first + index;
    return { row, response: BigInt.asIntN(64, BigInt(row) * 0x9e37_79b9_7f4a_7c15n) };
  });
  const receipts = rows.flatMap(({ row, response }) => [
    response,
    response,
    row >> 6,
    1_790_000_000_000 + row * 60_000,
  ]);
  db.run(insertReceipts + placesOf(receiptValues, count), ...receipts);
  db.run(insertCalls + placesOf(callValues, count), ...rows.flatMap(({ response }) => [response, response]));
}

const insertReceipts = `
  INSERT INTO receipt (superseded, response, request, session, claim, born_ms, reader, at_ms, model, uncached_input,
    cache_read, cache_write_5m, cache_write_1h, cache_write_unknown, output, web_searches, circumstance, turn, quality,
    cost_pico, catalogue)
  VALUES `;
const receiptValues =
  '0, ?, ?, ?, 0, 1790000000000, 13, ?, 1, 5, 100000, 2000, 0, 0, 1500, 0, 3, 4, 0, 123456789012, 1';

const insertCalls = 'INSERT INTO tool_call (response, call, tool, result_bytes, is_failed) VALUES ';
const callValues = '?, ?, 2, 4000, 0';

if (isMainThread) await runBoth();
else work(workerData as Work);
