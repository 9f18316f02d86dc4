/** Starting the workers that the build puts beside the extension's own file. */

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Thread } from '../workers/client.ts';
import type { EstimatorOptions } from '../workers/estimatorProtocol.ts';
import type { FolderWorkerData } from '../workers/folderProtocol.ts';
import type { LedgerWorkerData } from '../workers/ledgerProtocol.ts';
import type { UserPrices } from '../workers/priceSources.ts';
import { scanningLimits } from '../workers/scanningLimits.ts';

export function startEstimator(distFolder: string, prices: UserPrices): Thread {
  const workerData: EstimatorOptions = {
    ...prices,
    cataloguePath: cataloguePath(distFolder),
    rankPaths: rankPaths(distFolder),
  };
  return new Worker(join(distFolder, 'estimator.js'), { name: 'token-burn-estimator', workerData });
}

/** @param version of the extension */
export function startLedger(distFolder: string, language: string, version: string): Thread {
  const workerData: LedgerWorkerData = {
    cataloguePath: cataloguePath(distFolder),
    logReaderPath: join(distFolder, 'logReader.js'),
    language,
    version,
  };
  return new Worker(join(distFolder, 'ledger.js'), {
    name: 'token-burn-ledger',
    workerData,
    resourceLimits: scanningLimits,
  });
}

/** @param cacheFolder where counts are kept over restarts */
export function startFolders(distFolder: string, cacheFolder: string, prices: UserPrices): Thread {
  const workerData: FolderWorkerData = {
    ...prices,
    cataloguePath: cataloguePath(distFolder),
    rankPaths: rankPaths(distFolder),
    cacheFolder,
  };
  return new Worker(join(distFolder, 'folders.js'), { name: 'token-burn-folders', workerData });
}

function rankPaths(distFolder: string): EstimatorOptions['rankPaths'] {
  return {
    o200k_base: join(distFolder, 'ranks', 'o200k_base.js'),
    cl100k_base: join(distFolder, 'ranks', 'cl100k_base.js'),
  };
}

function cataloguePath(distFolder: string): string {
  return join(distFolder, 'catalogue.json');
}
