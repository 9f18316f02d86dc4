/**
 * Our ledger as a program, so that it is measured as its peers are: `ledgerProcess.ts HOME DATA` reads the logs below
 * HOME into a ledger in DATA, says so when it is ready, asks what the sessions view asks first, and ends. With
 * `--append FILE` and a `--line TEXT` or several it first reads everything, then appends one line after the other to the
 * file and says of each how long it took until the ledger told of the change.
 */

import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startLedger } from '../../src/editor/threads.ts';
import { Caller } from '../../src/workers/channel.ts';
import type { LedgerEvent, LedgerRequests } from '../../src/workers/ledgerProtocol.ts';
import type { Appended, OurAnswer } from './ours.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { append: { type: 'string' }, line: { type: 'string', multiple: true, default: [] } },
});
/** What a scan still has to say or to sum is over by then. */
const restMs = 1_000;
/**
 * As calls of tools and their results come. By then all is over that the last one has brought about: sums of hours, and a
 * look at the folders.
 */
const pauseMs = 350;
/** A page of the view. */
const shownSessions = 200;
const [homeFolder = '', dataFolder = ''] = positionals;
const bytesBefore = memoryBytes('VmRSS');
let heard: ((event: LedgerEvent) => void) | undefined;
const ledger = new Caller<LedgerRequests, LedgerEvent>(
  startLedger(join(process.cwd(), 'dist'), 'en', '0.0.0'),
  (event) => heard?.(event),
);

const ready = event((told) => told.type === 'status' && told.status.phase === 'ready');
const status = await ledger.call('open', {
  options: {
    machine: { platform: process.platform, homeFolder, environment: {} },
    dataFolder,
    logFolders: {},
  },
  settings: { budgets: [], prices: {} },
});
if (status.phase === 'unavailable') throw new Error(JSON.stringify(status.problems));
if (status.phase !== 'ready') await ready;
const appended: Appended[] = [];
for (const [index, line] of values.line.entries()) {
  if (index === 0) await setTimeout(restMs);
  appended.push(await append(values.append ?? '', line));
}
console.log('ready');
const { totalSessions } = await ledger.call('sessions', { limit: shownSessions });
const threadBytes = memoryBytes('VmHWM') - bytesBefore;
console.log(JSON.stringify({ totalSessions, threadBytes, appended } satisfies OurAnswer));
process.exit(0);

/** Counts what the processors do until the end of the pause after it. */
async function append(file: string, line: string): Promise<Appended> {
  const changed = event((told) => told.type === 'changed');
  appendFileSync(file, `${line}\n`);
  const before = bytesRead();
  const usedBefore = process.cpuUsage();
  const startMs = performance.now();
  await ledger.call('logsChanged', { paths: [file] });
  await changed;
  const ms = performance.now() - startMs;
  const read = bytesRead() - before;
  await setTimeout(pauseMs);
  const { user, system } = process.cpuUsage(usedBefore);
  return { ms, processorMs: (user + system) / 1000, bytesRead: read };
}

function event(isAwaited: (event: LedgerEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    heard = (told) => {
      if (isAwaited(told)) resolve();
    };
  });
}

/** All bytes that this process read from files so far, where the system tells. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN);
}

/** Memory of this process as the system has it, where it tells. */
function memoryBytes(field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes ?? Number.NaN) * 1024;
}
