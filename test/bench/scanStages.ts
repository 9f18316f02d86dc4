/**
 * What a cold scan takes of the processors, stage by stage, beside all that a peer takes: where the time goes, and how much
 * could be won in each. Unlike the time on the clock it hardly depends on what else the machine does.
 */

import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { peerRun } from './coldScan.ts';
import { compare, type Part } from './figure.ts';
import { families, logSet, rounds } from './logSet.ts';
import { runBundled, runOurs } from './ours.ts';
import { installedPeers, type Measured } from './peers.ts';
import { stages } from './stages.ts';

/** Every stage once a round, in turn, and the scan as it is, with both of its threads. */
export const coldScanStages: Part = {
  name: `cold-scan-stages-${families.name}`,
  async run() {
    const set = await logSet(families);
    const peers = await installedPeers();
    const ours: Record<string, number[]> = {};
    const theirs: Record<string, number[]> = {};
    const add = (to: Record<string, number[]>, name: string, { processorMs }: Measured) => {
      to[name] = [...(to[name] ?? []), processorMs / 1000];
    };
    for (let round = 0; round < rounds; round++) {
      for (const stage of stages) {
        const run = (folder: string) =>
          runBundled('stagesProcess', [set.home, join(folder, 'ledger.db'), stage]);
        add(ours, stage, await withTemporaryFolder(run));
      }
      add(ours, 'all of it', await withTemporaryFolder((folder) => runOurs([set.home, folder])));
      for (const peer of peers) {
        add(theirs, peer.name, await withTemporaryFolder((folder) => peerRun(peer, set, folder)));
      }
    }
    return Object.entries(ours).flatMap(([stage, seconds]) =>
      compare(`${coldScanStages.name} ${stage}`, 's of processors', seconds, theirs),
    );
  },
};
