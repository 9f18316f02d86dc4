/**
 * A thread of the accountant that reads logs into the ledger: one that is huge, or a line in it, would keep the agent
 * waiting for as long as reading takes. It ends with the accountant, wherever it has come to.
 */

import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Machine } from '../agents/reader.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { guardFolderIn } from './guardFolder.ts';
import { openGuardLedger, readAllOf, type Trouble } from './guardLedger.ts';
import { readGuardSettings } from './guardSettings.ts';
import { LazyPricing } from './lazyPricing.ts';
import type { AskedLogs } from './sessionLogs.ts';

interface Reading {
  readonly asked: AskedLogs;
  readonly dataFolder: string;
}

/** @param program of the thread, which is to call {@link readInThread} */
export function readInOwnThread(program: string, reading: Reading): Promise<Trouble | null> {
  return new Promise((resolve) => {
    const thread = new Worker(program, { workerData: reading });
    thread.once('message', resolve);
    thread.once('error', (error) => resolve({ kind: 'failed', detail: String(error) }));
  });
}

export async function readInThread(sqlite: Sqlite, machine: Machine): Promise<void> {
  const { asked, dataFolder } = workerData as Reading;
  const folder = guardFolderIn(dataFolder);
  const db = openGuardLedger(sqlite, dataFolder);
  if ('kind' in db) {
    parentPort?.postMessage(db);
    return;
  }
  const pricing = new LazyPricing(dataFolder, folder);
  const settings = readGuardSettings(folder);
  parentPort?.postMessage(await readAllOf(asked, { sqlite, db, pricing, machine, settings }));
  db.close();
}
