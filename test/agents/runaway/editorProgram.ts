/**
 * A process with the ledger worker of the build in it, and with watchers as slow as an editor's: what an agent's hooks meet
 * beside an open window. It says `ready` when it has read all logs; its end ends the worker.
 *
 *   node editorProgram.ts OPTIONS
 */

import { watch } from 'node:fs';
import { join } from 'node:path';
import { startLedger } from '../../../src/editor/threads.ts';
import { Caller } from '../../../src/workers/channel.ts';
import type { LedgerEvent, LedgerRequests, LedgerStatus } from '../../../src/workers/ledgerProtocol.ts';
import { root } from '../../harness/layout.ts';

export interface EditorOptions {
  readonly home: string;
  readonly dataFolder: string;
  /** Of the extension. */
  readonly version: string;
  /** As the setting has them. */
  readonly budgets: readonly unknown[];
}

/** VS Code gathers what its watcher sees for 75 ms, and the extension what VS Code tells for 100 ms. */
const gatherMs = 175;

const { home, dataFolder, version, budgets } = JSON.parse(process.argv[2] ?? '') as EditorOptions;
let settle: (() => void) | undefined;
const isReady = new Promise<void>((resolve) => {
  settle = resolve;
});
const ledger = new Caller<LedgerRequests, LedgerEvent>(
  startLedger(join(root, 'dist'), 'en', version),
  (event) => event.type === 'status' && note(event.status),
);

function note({ phase }: LedgerStatus): void {
  if (phase === 'ready') settle?.();
}

function follow(folders: readonly string[]): void {
  const seen = new Set<string>();
  const tell = () => {
    void ledger.call('logsChanged', { paths: [...seen] });
    seen.clear();
  };
  watch(home, { recursive: true }, (_event, name) => {
    const path = join(home, name ?? '');
    if (!folders.some((folder) => path.startsWith(folder))) return;
    if (seen.size === 0) setTimeout(tell, gatherMs);
    seen.add(path);
  });
}

const machine = { platform: process.platform, homeFolder: home, environment: {} };
const settings = { budgets: [{ source: 'user', project: null, value: budgets }], prices: {} };
const status = await ledger.call('open', {
  options: { machine, dataFolder, logFolders: {} },
  settings,
});
note(status);
follow(status.folders.map(({ path }) => path));
await isReady;
console.log('ready');
