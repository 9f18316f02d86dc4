/** Starts the thread that reads logs beside the ledger worker. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SideReader } from '../ledger/sideReader.ts';
import { Caller } from './channel.ts';
import type { LogReaderRequests } from './logReaderProtocol.ts';
import { scanningLimits } from './scanningLimits.ts';

/** What starts the thread, or `undefined` where there is but one core. */
export function sideReaderStarter(program: string | URL): (() => SideReader) | undefined {
  return availableParallelism() > 1 ? () => startSideReader(program) : undefined;
}

function startSideReader(program: string | URL): SideReader {
  const worker = new Worker(program, {
    name: 'token-burn-logs',
    resourceLimits: scanningLimits,
  });
  const caller = new Caller<LogReaderRequests, never>(worker, () => {});
  let ended: Error | undefined;
  const end = (reason: Error) => {
    ended ??= reason;
    caller.abandon(ended);
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the reader of logs ended with code ${code}`)));
  // A message to a thread that has ended would be waited for without end.
  const ask: typeof caller.call = (name, params) =>
    ended === undefined ? caller.call(name, params) : Promise.reject(ended);
  return {
    begin: (id, logs) => ask('begin', { id, logs }),
    next: (id) => ask('next', { id }),
    drop: (id) => ask('drop', { id }),
    close() {
      end(new Error('the reader of logs was ended'));
      void worker.terminate();
    },
  };
}
