/** A thread that reads logs for the ledger worker while there are many: it turns bytes into receipts, and stores nothing. */

import { parentPort } from 'node:worker_threads';
import { readers } from '../agents/readers.ts';
import { newBlock } from '../ledger/newBlock.ts';
import { buffersOf, SideReadings } from '../ledger/sideReader.ts';
import { loadSqlite } from '../storage/sqlite.ts';
import { serve } from './channel.ts';
import type { LogReaderRequests } from './logReaderProtocol.ts';

if (parentPort === null) throw new Error('the reader of logs runs as a worker');

const sqlite = loadSqlite();
if ('missing' in sqlite) throw new Error(sqlite.missing);

const readings = new SideReadings({
  sqlite,
  block: newBlock(),
  readers,
});

serve<LogReaderRequests, never>(
  parentPort,
  {
    begin: ({ id, logs }) => readings.begin(id, logs),
    next: ({ id }) => readings.next(id),
    drop: ({ id }) => readings.drop(id),
  },
  (part) => (part === null ? [] : buffersOf(part)),
);
