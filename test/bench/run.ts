/**
 * `npm run bench`: our speed and memory as ratios to peers measured in the same run, side by side on one machine.
 * `--only NAME` runs one part, `--only estimator` all parts about the estimator; `--json` prints one figure a line for
 * a machine to read.
 */

import { parseArgs } from 'node:util';
import { runNpm } from '../harness/program.ts';
import { activation } from './activation.ts';
import { appendOneReply } from './appendOneReply.ts';
import { budgetEvaluation } from './budgetEvaluation.ts';
import { coldScanFloor, coldScans } from './coldScan.ts';
import { encodingLoad } from './encodingLoad.ts';
import type { Figure, Part } from './figure.ts';
import { folderTree, folderTreeStall } from './folderTree.ts';
import { fullCount } from './fullCount.ts';
import { guardAccountant } from './guardAccountant.ts';
import { guardLauncher } from './guardLauncher.ts';
import { hostStall } from './hostStall.ts';
import { keystrokeLatency } from './keystrokeLatency.ts';
import { longRun } from './longRun.ts';
import { millionReceipts } from './millionReceipts.ts';
import { recount1Mb, recount10Mb } from './recount.ts';
import { coldScanStages } from './scanStages.ts';
import { weightedCount } from './weightedCount.ts';

const estimator: readonly Part[] = [fullCount, weightedCount, recount1Mb, recount10Mb, longRun, encodingLoad];

const parts: readonly Part[] = [
  activation,
  hostStall,
  keystrokeLatency,
  ...estimator,
  ...coldScans,
  coldScanFloor,
  coldScanStages,
  appendOneReply,
  millionReceipts,
  budgetEvaluation,
  guardLauncher,
  guardAccountant,
  folderTree,
  folderTreeStall,
];

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } });

await runNpm(['run', '--silent', 'build']);
for (const part of chosenParts(values.only)) {
  for (const figure of await part.run()) console.log(values.json ? JSON.stringify(figure) : sentence(figure));
}

function chosenParts(only: string | undefined): readonly Part[] {
  if (only === undefined) return parts;
  if (only === 'estimator') return estimator;
  const chosen = parts.filter(({ name }) => name === only);
  if (chosen.length > 0) return chosen;
  throw new Error(`--only takes estimator or one of ${parts.map(({ name }) => name).join(', ')}`);
}

function sentence({ name, ours, unit, peer, peerName, ratio }: Figure): string {
  return `${name}: ${round(ours)} ${unit}, ${peerName} ${round(peer)} ${unit}, ratio ${round(ratio)}`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
