/**
 * A cold scan up to one of its stages, in one thread, as a program: `stagesProcess.ts HOME DATA STAGE` reads the logs of
 * Claude Code below HOME, with a ledger at DATA.
 */

import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { claudeCodeReader } from '../../src/agents/claude/claudeCodeReader.ts';
import { Database } from '../../src/ledger/database.ts';
import { type FoundLog, resolveRoots, walk } from '../../src/ledger/discover.ts';
import type { LineTaker } from '../../src/ledger/lineTaker.ts';
import { newBlock } from '../../src/ledger/newBlock.ts';
import { type OpenedLog, openLog } from '../../src/ledger/openLog.ts';
import { readLogs } from '../../src/ledger/readLogs.ts';
import { storeBatch } from '../../src/ledger/storeBatch.ts';
import { LogTail } from '../../src/ledger/tail.ts';
import { loadSqlite, type Sqlite } from '../../src/storage/sqlite.ts';
import { parsing, passing } from './parsing.ts';
import { type Stage, stages } from './stages.ts';

/** Logs that are read and stored together. */
const logsAtOnce = 16;
const block = newBlock();
const unpriced = { catalogue: 'none', version: 'none', ownPriceOf: () => null, price: () => null };

async function run(home: string, data: string, stage: Stage): Promise<void> {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(sqlite.missing);
  const db = new Database(sqlite, data);
  const logs = await logsBelow(join(home, '.claude', 'projects'));
  for (let from = 0; from < logs.length; from += logsAtOnce) {
    const opened = logs.slice(from, from + logsAtOnce).flatMap((log) => open(db, log));
    if (has(stage, 'merged')) await merge(opened, sqlite, has(stage, 'stored') ? db : null);
    else for (const log of opened) readLines(log, has(stage, 'parsed') ? parsing(log.relativePath) : passing);
    for (const { fd } of opened) closeSync(fd);
  }
  db.close();
}

/** Whether a stage comes after another, or is it. */
function has(stage: Stage, other: Stage): boolean {
  return stages.indexOf(stage) >= stages.indexOf(other);
}

async function logsBelow(path: string): Promise<readonly FoundLog[]> {
  const logs: FoundLog[] = [];
  for (const root of await resolveRoots([{ reader: claudeCodeReader, path }])) {
    for await (const finding of walk(root)) if (finding.kind === 'log') logs.push(finding.log);
  }
  return logs;
}

function open(db: Database, log: FoundLog): readonly OpenedLog[] {
  const opened = openLog(db, log);
  return typeof opened === 'string' ? [] : [opened];
}

function readLines(log: OpenedLog, taker: LineTaker): void {
  const tail = new LogTail(log.fd, 0, block, taker);
  while (tail.readBlock());
}

async function merge(logs: readonly OpenedLog[], sqlite: Sqlite, db: Database | null): Promise<void> {
  for await (const part of readLogs(logs, { sqlite, block, readers: [claudeCodeReader] })) {
    if (typeof part !== 'number' && db !== null) storeBatch(db, part.drafts, part.steps, unpriced);
  }
}

const [home = '', data = '', stage = ''] = process.argv.slice(2);
await run(home, data, stage as Stage);
console.log('done');
