/** The estimator worker: a thread that keeps the text of open documents and counts it. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { TiktokenBPE } from 'js-tiktoken/lite';
import { createTiktokenEncoding } from '../estimator/tiktokenEncoding.ts';
import { parseCatalogue } from '../pricing/parseCatalogue.ts';
import { serve } from './channel.ts';
import { createEstimatorHandlers } from './estimatorHandlers.ts';
import type { EstimatorEvent, EstimatorOptions, EstimatorRequests } from './estimatorProtocol.ts';

const { cataloguePath, rankPaths } = workerData as EstimatorOptions;

if (parentPort === null) throw new Error('the estimator runs as a worker');

serve<EstimatorRequests, EstimatorEvent>(
  parentPort,
  createEstimatorHandlers({
    catalogue: parseCatalogue(JSON.parse(readFileSync(cataloguePath, 'utf8'))),
    loadEncoding: (name) => createTiktokenEncoding(loadRanks(rankPaths[name])),
    pause: () => setImmediate(),
  }),
);

function loadRanks(path: string): TiktokenBPE {
  const vocabulary: { default: TiktokenBPE } = createRequire(path)(path);
  return vocabulary.default;
}
