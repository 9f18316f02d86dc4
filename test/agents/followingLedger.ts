/**
 * The product's own ledger worker, which reads the logs in a sandbox over and over while an agent writes them, as it
 * does beside a running agent: half-written lines and files that grow must not show in the end.
 */

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { findProvider } from '@pydantic/genai-prices';
import { buildCatalogue, providerIds } from '../../src/pricing/buildCatalogue.ts';
import { Caller } from '../../src/workers/channel.ts';
import type {
  LedgerEvent,
  LedgerRequests,
  LedgerStatus,
  LedgerWorkerData,
} from '../../src/workers/ledgerProtocol.ts';
import { allToolCalls, countedReceipts, type LedgerReading } from './ledgerReading.ts';
import type { Sandbox } from './sandbox.ts';

const lookIntervalMs = 50;
const workerFile = new URL('../../src/workers/ledgerMain.ts', import.meta.url);

type Ledger = Caller<LedgerRequests, LedgerEvent>;

/** Follows the logs in the sandbox during `work`, then says what the ledger holds when another worker opens it. */
export async function readWhile<Result>(
  sandbox: Sandbox,
  work: () => Promise<Result>,
): Promise<[Result, LedgerReading]> {
  await writeFile(cataloguePathIn(sandbox), JSON.stringify(catalogue));
  const events: LedgerEvent[] = [];
  const result = await withLedger(sandbox, events, (ledger) => follow(ledger, work));
  const reading = await withLedger(sandbox, events, async (ledger, { folders, problems }) => {
    await ledger.call('rescan', null);
    const { sessions } = await ledger.call('sessions', { limit: 1_000 });
    return { folders, problems, sessions };
  });
  const crossings = events.flatMap((event) =>
    event.type === 'budgetCrossed' && event.standing.session ? event.standing.session.key : [],
  );
  const folder = ledgerFolderIn(sandbox);
  const [receipts, toolCalls] = [countedReceipts(folder), allToolCalls(folder)];
  return [result, { ...reading, crossings, receipts, toolCalls }];
}

async function follow<Result>(ledger: Ledger, work: () => Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  const looking = async () => {
    while (!isDone) {
      await ledger.call('rescan', null);
      await setTimeout(lookIntervalMs);
    }
  };
  const [result] = await Promise.all([done, looking()]);
  await ledger.call('rescan', null);
  return result;
}

/** Gives `use` a worker with the sandbox's ledger open, and ends the worker when it is done. */
export async function withLedger<Result>(
  sandbox: Sandbox,
  events: LedgerEvent[],
  use: (ledger: Ledger, status: LedgerStatus) => Promise<Result>,
): Promise<Result> {
  const workerData: LedgerWorkerData = { cataloguePath: cataloguePathIn(sandbox), language: 'en' };
  const worker = new Worker(workerFile, { workerData });
  const ledger: Ledger = new Caller(worker, (event) => events.push(event));
  worker.on('error', (error) => ledger.abandon(error));
  try {
    return await use(ledger, await open(ledger, sandbox));
  } finally {
    await worker.terminate();
  }
}

/** One that the first receipt with a price exceeds. */
const smallest = { per: 'session', limit: 0 };

function open(ledger: Ledger, sandbox: Sandbox): Promise<LedgerStatus> {
  const machine = { platform: process.platform, homeFolder: sandbox.home, environment: {} };
  return ledger.call('open', {
    options: { machine, dataFolder: ledgerFolderIn(sandbox), logFolders: {} },
    settings: { budgets: [{ source: sandbox.own, project: null, value: [smallest] }], prices: {} },
  });
}

function ledgerFolderIn({ own }: Sandbox): string {
  return join(own, 'ledger');
}

export function cataloguePathIn({ own }: Sandbox): string {
  return join(own, 'catalogue.json');
}

export const { catalogue } = buildCatalogue(
  providerIds.map((providerId) => findProvider({ providerId })),
  (text) => createHash('sha256').update(text).digest('hex'),
);
