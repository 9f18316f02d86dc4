/** Our ledger beside its peers on one set of logs, from nothing: how long it takes, and how much memory. */

import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part } from './figure.ts';
import { type LogSet, logSet, megabytes, rounds } from './logSet.ts';
import { type OurAnswer, runOurs } from './ours.ts';
import { installedPeers, type Measured, type Peer } from './peers.ts';
import type { ClassSums } from './transcript.ts';

export const coldScan: Part = {
  name: `cold-scan-${megabytes}mb`,
  run: () => coldRuns(({ wallMs }) => wallMs / 1000, 's', coldScan.name),
};

export const peakMemory: Part = {
  name: 'peak-memory',
  run: () => coldRuns(({ peakBytes }) => peakBytes / 2 ** 20, 'MB', peakMemory.name),
};

/** Every reader once a round, in turn, so that a slow spell of the machine meets all of them. */
async function coldRuns(value: (run: Measured) => number, unit: string, name: string): Promise<Figure[]> {
  const set = await logSet(megabytes);
  const peers = await installedPeers();
  const ours: number[] = [];
  const theirs: Record<string, number[]> = Object.fromEntries(peers.map((peer) => [peer.name, []]));
  for (let round = 0; round < rounds; round++) {
    ours.push(value(await withTemporaryFolder((folder) => ourColdRun(set, folder))));
    for (const peer of peers) {
      const run = await withTemporaryFolder((folder) => peerRun(peer, set, folder));
      theirs[peer.name]?.push(value(run));
    }
  }
  return compare(name, unit, ours, theirs);
}

async function ourColdRun(set: LogSet, dataFolder: string): Promise<Measured> {
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
async function peerRun(peer: Peer, set: LogSet, folder: string): Promise<Measured> {
  await symlink(join(set.home, '.claude'), join(folder, '.claude'));
  return peer.cold(folder);
}
