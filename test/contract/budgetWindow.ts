/**
 * A process with a ledger worker in it, as a window has one: says each line that it is to tell its user of, a line of
 * JSON each. A line on its input has it look at all logs again, which it says when done; its end ends the process.
 */

import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Budget } from '../../src/domain/budget.ts';
import { Caller } from '../../src/workers/channel.ts';
import type { LedgerEvent, LedgerRequests } from '../../src/workers/ledgerProtocol.ts';

export interface WindowOptions {
  readonly home: string;
  readonly dataFolder: string;
  readonly cataloguePath: string;
  /** As the setting has them. */
  readonly budgets: readonly unknown[];
}

export type WindowSaying =
  | { readonly said: 'looked' }
  | {
      readonly said: 'crossed';
      readonly session: string | null;
      readonly level: string;
      readonly span: string;
    };

const { home, dataFolder, cataloguePath, budgets } = JSON.parse(process.argv[2] ?? '') as WindowOptions;
const worker = new Worker(new URL('../../src/workers/ledgerMain.ts', import.meta.url), {
  workerData: { cataloguePath, language: 'en' },
});
const ledger = new Caller<LedgerRequests, LedgerEvent>(worker, hear);
worker.on('error', (error) => ledger.abandon(error));

function hear(event: LedgerEvent): void {
  if (event.type !== 'budgetCrossed') return;
  const { session, level, budget } = event.standing;
  say({ said: 'crossed', session: session?.key ?? null, level, span: spanOf(budget) });
}

function spanOf({ span }: Budget): string {
  return span.kind === 'calendar' ? span.unit : span.kind;
}

function say(saying: WindowSaying): void {
  console.log(JSON.stringify(saying));
}

async function look(): Promise<void> {
  await ledger.call('rescan', null);
  say({ said: 'looked' });
}

await ledger.call('open', {
  options: {
    machine: { platform: process.platform, homeFolder: home, environment: {} },
    dataFolder,
    logFolders: {},
  },
  settings: { budgets: [{ source: 'user', project: null, value: budgets }], prices: {} },
});
await look();
for await (const _line of createInterface(process.stdin)) await look();
await worker.terminate();
