/** Starting the workers that the build puts beside the extension's own file. */

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Thread } from '../workers/client.ts';
import type { EstimatorOptions } from '../workers/estimatorProtocol.ts';
import type { LedgerWorkerData } from '../workers/ledgerProtocol.ts';

export function startEstimator(distFolder: string): Thread {
  const workerData: EstimatorOptions = {
    cataloguePath: cataloguePath(distFolder),
    rankPaths: {
      o200k_base: join(distFolder, 'ranks', 'o200k_base.js'),
      cl100k_base: join(distFolder, 'ranks', 'cl100k_base.js'),
    },
  };
  return new Worker(join(distFolder, 'estimator.js'), { name: 'token-burn-estimator', workerData });
}

export function startLedger(distFolder: string): Thread {
  const workerData: LedgerWorkerData = { cataloguePath: cataloguePath(distFolder) };
  return new Worker(join(distFolder, 'ledger.js'), { name: 'token-burn-ledger', workerData });
}

function cataloguePath(distFolder: string): string {
  return join(distFolder, 'catalogue.json');
}
