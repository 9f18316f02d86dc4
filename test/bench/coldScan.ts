/** Our ledger beside its peers on one set of logs, from nothing: how long it takes, and how much memory. */

import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { families, type LogSet, logSet, manyLogs, oneLog, rounds, type Shape } from './logSet.ts';
import { type OurAnswer, runBundled, runOurs } from './ours.ts';
import { installedPeers, type Measured, type Peer } from './peers.ts';
import type { ClassSums } from './transcript.ts';

/** Ours beside its peers, on each set: the time, the memory of the process, and that of the ledger's threads in it. */
export const coldScans: readonly Part[] = [families, manyLogs, oneLog].map((shape) => ({
  name: `cold-scan-${shape.name}`,
  run: () => coldRuns(shape),
}));

/**
 * What is left when nothing is done but to read, to find lines and to store, and when the reader takes them as well, beside
 * the peers that do all their work.
 */
export const coldScanFloor: Part = {
  name: `cold-scan-floor-${families.name}`,
  async run() {
    const set = await logSet(families);
    const peers = await installedPeers();
    const floors: Record<(typeof floorStages)[number], number[]> = { lines: [], parsed: [] };
    const theirs: Record<string, number[]> = Object.fromEntries(peers.map((peer) => [peer.name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const stage of floorStages) floors[stage].push(await floorSeconds(set, stage));
      for (const peer of peers) {
        const run = await withTemporaryFolder((folder) => peerRun(peer, set, folder));
        theirs[peer.name]?.push(run.wallMs / 1000);
      }
    }
    return floorStages.flatMap((stage) =>
      compare(`${coldScanFloor.name} ${stage}`, 's', floors[stage], theirs),
    );
  },
};

const floorStages = ['lines', 'parsed'] as const;

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
  const figures = (name: string, unit: string, value: (run: Measured) => number) =>
    compare(
      `${name}-${shape.name}`,
      unit,
      ours.map(value),
      Object.fromEntries(Object.entries(theirs).map(([peer, runs]) => [peer, runs.map(value)])),
    );
  return [
    ...figures('cold-scan', 's', ({ wallMs }) => wallMs / 1000),
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
  requireRight(run.answer, set);
  return run;
}

/** A fast answer that is wrong is no answer. */
function requireRight(answer: OurAnswer, { expected }: LogSet): void {
  const sums: readonly ClassSums[] = Object.values(expected.byModel);
  const tokens = sums
    .flatMap((classes): number[] => Object.values(classes))
    .reduce((sum, count) => sum + count, 0);
  const isRight =
    answer.receipts === expected.receipts &&
    answer.sessions === expected.sessions &&
    answer.tokens === tokens;
  if (!isRight) throw new Error(`wrong totals: ${JSON.stringify({ answer, expected, tokens })}`);
}

/** Peers keep caches in the home folder: each run gets one of its own that leads to the logs. */
export async function peerRun(peer: Peer, set: LogSet, folder: string): Promise<Measured> {
  await symlink(join(set.home, '.claude'), join(folder, '.claude'));
  return peer.cold(folder);
}
