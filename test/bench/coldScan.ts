/** Our ledger beside its peers on one set of logs, from nothing: how long it takes, and how much memory. */

import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Database } from '../../src/ledger/database.ts';
import { ledgerFile } from '../../src/ledger/moveAside.ts';
import { loadSqlite } from '../../src/storage/sqlite.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { families, type LogSet, logSet, manyLogs, oneLog, rounds, type Shape } from './logSet.ts';
import { newMemory } from './newMemory.ts';
import { runBundled, runOurs } from './ours.ts';
import { installedPeers, type Measured, type Peer } from './peers.ts';
import type { ClassSums, ExpectedTotals } from './transcript.ts';

/** Ours beside its peers, on each set: the time until the ledger is ready, and until its sessions can be shown, the memory of the process, and that of the ledger's threads in it. */
export const coldScans: readonly Part[] = [families, manyLogs, oneLog].map((shape) => ({
  name: `cold-scan-${shape.name}`,
  run: () => coldRuns(shape),
}));

/**
 * What is left when nothing is done but to start threads, to read, to find lines and to store, and when the reader takes them
 * as well, beside the peers that do all their work; and what memory costs that is new, of which threads take much.
 */
export const coldScanFloor: Part = {
  name: `cold-scan-floor-${families.name}`,
  async run() {
    const set = await logSet(families);
    const peers = await installedPeers();
    const floors: Record<(typeof floorStages)[number], number[]> = { threads: [], lines: [], parsed: [] };
    const theirs: Record<string, number[]> = Object.fromEntries(peers.map((peer) => [peer.name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const stage of floorStages) floors[stage].push(await floorSeconds(set, stage));
      for (const peer of peers) {
        const run = await withTemporaryFolder((folder) => peerRun(peer, set, folder));
        theirs[peer.name]?.push(run.wallMs / 1000);
      }
    }
    const figures = floorStages.flatMap((stage) =>
      compare(`${coldScanFloor.name} ${stage}`, 's', floors[stage], theirs),
    );
    return [...figures, ...newMemory()];
  },
};

const floorStages = ['threads', 'lines', 'parsed'] as const;

async function floorSeconds({ home, expected }: LogSet, stage: string): Promise<number> {
  const receipts = String(expected.receipts);
  const run = await withTemporaryFolder((folder) =>
    runBundled('floorProcess', [home, join(folder, 'ledger.db'), receipts, stage]),
  );
  return run.wallMs / 1000;
}

/** What the threads of the ledger may take. */
const threadLimitMegabytes = 150;

/** Every reader once a round, in turn, so that a slow spell of the machine meets all of them. */
async function coldRuns(shape: Shape): Promise<Figure[]> {
  const set = await logSet(shape);
  const peers = await installedPeers();
  const ours: Awaited<ReturnType<typeof ourColdRun>>[] = [];
  const theirs: Record<string, Measured[]> = Object.fromEntries(peers.map((peer) => [peer.name, []]));
  for (let round = 0; round < rounds; round++) {
    ours.push(await withTemporaryFolder((folder) => ourColdRun(set, folder)));
    for (const peer of peers) {
      theirs[peer.name]?.push(await withTemporaryFolder((folder) => peerRun(peer, set, folder)));
    }
  }
  const figures = (
    name: string,
    unit: string,
    value: (run: Measured) => number,
    ourValue: (run: Measured) => number = value,
  ) =>
    compare(
      `${name}-${shape.name}`,
      unit,
      ours.map(ourValue),
      Object.fromEntries(Object.entries(theirs).map(([peer, runs]) => [peer, runs.map(value)])),
    );
  const seconds = ({ wallMs }: Measured) => wallMs / 1000;
  return [
    ...figures('cold-scan', 's', seconds, ({ firstMs }) => firstMs / 1000),
    ...figures('cold-scan-shown', 's', seconds),
    ...figures('peak-memory', 'MB', ({ peakBytes }) => toMegabytes(peakBytes)),
    ...compare(
      `ledger-threads-${shape.name}`,
      'MB',
      ours.map(({ answer }) => toMegabytes(answer.threadBytes)),
      { 'what they may take': [threadLimitMegabytes] },
    ),
  ];
}

function toMegabytes(bytes: number): number {
  return bytes / 2 ** 20;
}

async function ourColdRun(set: LogSet, dataFolder: string): Promise<Awaited<ReturnType<typeof runOurs>>> {
  const run = await runOurs([set.home, dataFolder]);
  assert.deepEqual(
    heldIn(join(dataFolder, ledgerFile)),
    expectedOf(set),
    'a fast answer that is wrong is none',
  );
  return run;
}

/** What a ledger holds, looked up after its process has ended. */
function heldIn(path: string): Held {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(sqlite.missing);
  const db = new Database(sqlite, path);
  try {
    const counted = db.all<ClassSums & { readonly model: string; readonly receipts: number }>(sumByModel);
    const byModel = counted.map(({ model, receipts: _, ...sums }) => [model, sums] as const);
    return {
      sessions:
        db.get<{ count: number }>('SELECT count(*) AS count FROM session WHERE parent IS NULL')?.count ?? 0,
      receipts: counted.reduce((sum, { receipts }) => sum + receipts, 0),
      byModel: Object.fromEntries(byModel),
    };
  } finally {
    db.close();
  }
}

type Held = Pick<ExpectedTotals, 'sessions' | 'receipts' | 'byModel'>;

function expectedOf({ expected: { sessions, receipts, byModel } }: LogSet): Held {
  return { sessions, receipts, byModel };
}

const sumByModel = `
  SELECT model.name AS model, count(*) AS receipts, sum(uncached_input) AS uncachedInput, sum(cache_read) AS cacheRead,
    sum(cache_write_5m) AS cacheWrite5m, sum(cache_write_1h) AS cacheWrite1h, sum(output) AS output
  FROM counted JOIN model ON model.id = counted.model GROUP BY model.name`;

/** Peers keep caches in the home folder: each run gets one of its own that leads to the logs. */
export async function peerRun(peer: Peer, set: LogSet, folder: string): Promise<Measured> {
  await symlink(join(set.home, '.claude'), join(folder, '.claude'));
  return peer.cold(folder);
}
