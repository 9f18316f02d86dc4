/** Starts the thread that reads logs beside the ledger worker. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SideReader } from '../ledger/sideReader.ts';
import { Caller } from './channel.ts';
import type { LogReaderRequests } from './logReaderProtocol.ts';

/** As with the ledger worker, a small nursery is as fast and takes less memory. */
const nurseryMb = 8;

/** What starts the thread, or `undefined` where there is but one core. */
export function sideReaderStarter(program: string | URL): (() => SideReader) | undefined {
  return availableParallelism() > 1 ? () => startSideReader(program) : undefined;
}

function startSideReader(program: string | URL): SideReader {
  const worker = new Worker(program, {
    name: 'token-burn-logs',
    resourceLimits: { maxYoungGenerationSizeMb: nurseryMb },
  });
  const caller = new Caller<LogReaderRequests, never>(worker, () => {});
  const end = (reason: Error) => caller.abandon(reason);
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the reader of logs ended with code ${code}`)));
  return {
    begin: (id, logs) => caller.call('begin', { id, logs }),
    next: (id) => caller.call('next', { id }),
    drop: (id) => caller.call('drop', { id }),
    close: () => void worker.terminate(),
  };
}
