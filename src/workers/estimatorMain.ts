/** The estimator worker: a thread that keeps the text of open documents and counts it. */

import { homedir } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createCountEngine } from '../estimator/engine/countEngine.ts';
import { agentPlaces } from './agentPlaces.ts';
import { serve } from './channel.ts';
import { createEstimatorHandlers } from './estimatorHandlers.ts';
import type { EstimatorEvent, EstimatorOptions, EstimatorRequests } from './estimatorProtocol.ts';
import { nodeFiles, toSlashes } from './nodeFiles.ts';
import { loadPrices } from './priceSources.ts';
import { loadRanks } from './ranks.ts';

const { rankPaths, ...priceSources } = workerData as EstimatorOptions;

/** A pause in typing. */
const restMs = 150;

if (parentPort === null) throw new Error('the estimator runs as a worker');

const send = serve<EstimatorRequests, EstimatorEvent>(
  parentPort,
  createEstimatorHandlers({
    ...loadPrices(priceSources),
    files: nodeFiles,
    places: agentPlaces({
      homeFolder: toSlashes(homedir()),
      platform: process.platform,
      environment: process.env,
    }),
    toSlashes,
    now: Date.now,
    loadEncoding: (name) => createCountEngine(loadRanks(rankPaths[name])),
    pause: () => setImmediate(),
    rest: () => setTimeout(restMs),
    send: (event) => send(event),
  }),
);
