/**
 * Our ledger as a program: `readingProcess.ts HOME DATA` reads the logs of the home folder HOME, by nothing but the
 * agents' habits, into a ledger in DATA, and ends. What kept it from all of its work it says on standard error.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { readers } from '../../src/agents/readers.ts';
import { nodeDisk } from '../../src/workers/disk.ts';
import type { LedgerStatus } from '../../src/workers/ledgerProtocol.ts';
import { LedgerService } from '../../src/workers/ledgerService.ts';
import { PriceBook } from '../../src/workers/priceBook.ts';
import { catalogue } from '../unit/pricing/bundled.ts';

const [homeFolder = '', dataFolder = ''] = process.argv.slice(2);

let status: LedgerStatus | undefined;
const service = new LedgerService({
  readers,
  pricing: new PriceBook(catalogue),
  disk: nodeDisk,
  calendar: () => ({ timeZone: 'UTC', weekStart: 1 }),
  now: Date.now,
  emit(event) {
    if (event.type === 'status') status = event.status;
  },
});

const { open, rescan } = service.handlers();
await open({
  options: {
    machine: { platform: process.platform, homeFolder, environment: {} },
    dataFolder,
    logFolders: {},
  },
  settings: { budgets: [], prices: {} },
});
// The first look has begun; this one waits for its end and finds nothing new.
await rescan(null);
while (status === undefined || status.phase === 'scanning') await pause(10);
service.close();
for (const problem of status.problems) console.error(JSON.stringify(problem));
const isWhole = status.problems.every(({ kind }) => kind === 'clockSetBack');
process.exit(status.phase === 'ready' && isWhole ? 0 : 1);
