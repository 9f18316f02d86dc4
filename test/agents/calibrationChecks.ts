/** Calibrates the product's own estimator by the logs in a sandbox, and holds it against how the model billed. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Variance } from '../../src/domain/variance.ts';
import { Caller } from '../../src/workers/channel.ts';
import type {
  EstimateReply,
  EstimatorEvent,
  EstimatorOptions,
  EstimatorRequests,
} from '../../src/workers/estimatorProtocol.ts';
import { cataloguePathIn, withLedger } from './followingLedger.ts';
import type { Meter } from './model/meter.ts';
import { differ } from './receiptChecks.ts';
import type { Sandbox } from './sandbox.ts';
import type { Scenario } from './scenario.ts';
import { type PlayedTurn, sessionKeys } from './trial.ts';

/** As the issue has it, and as close as medians over a prompt's frames come. */
const mostError = 0.04;
const mostBaselineError = 0.02;

export async function checkCalibration(
  { meter }: Scenario,
  sandbox: Sandbox,
  turns: readonly PlayedTurn[],
): Promise<string[]> {
  if (meter === undefined) return [];
  const text = 'A prompt that no session has seen: please look at src/app.ts, and say what it does.\n'.repeat(
    40,
  );
  const model = turns[0]?.served[0]?.model ?? '';
  const reply = await withEstimator(sandbox, async (estimator) => {
    const variances = await learn(sandbox, estimator);
    await estimator.call('calibrate', { variances });
    await estimator.call('openDocument', { uri: 'text', text });
    const question = { uri: 'text', model, spans: [], length: text.length, atMs: Date.now() };
    return estimator.call('estimate', { ...question, projectPath: sandbox.project });
  });
  if (reply.kind !== 'estimate') return [`no estimate: ${reply.kind}`];
  return [
    ...differBy('estimate', meter.tokensOf(text), reply.estimate.tokens, mostError),
    ...checkStanding(reply),
    ...checkBaseline(reply, meter, turns),
  ];
}

type Estimated = Extract<EstimateReply, { kind: 'estimate' }>;

function checkStanding({ calibration, estimate }: Estimated): string[] {
  if (estimate.model.isExact) return differ('calibration of an exact count', null, calibration);
  const receipts = calibration?.receiptsOfProject ?? 0;
  return [
    ...(receipts < 10 ? [`calibrated on ${receipts} receipts only`] : []),
    ...(estimate.errorShare > 0.1 ? [`a margin of ${estimate.errorShare}`] : []),
  ];
}

/** All of the first prompt that the person did not write. */
function checkBaseline(
  { baselines }: Estimated,
  { tokensOf }: Meter,
  turns: readonly PlayedTurn[],
): string[] {
  const [first] = turns;
  const billed = first?.served[0]?.usage.tokens.uncachedInput ?? 0;
  const expected = billed - tokensOf(first?.turn.prompt ?? '');
  return [
    ...differBy('baseline', expected, baselines[0]?.tokens ?? 0, mostBaselineError),
    ...differ('sessions of the baseline', sessionKeys(turns).length, baselines[0]?.sessions),
  ];
}

function differBy(what: string, expected: number, actual: number, most: number): string[] {
  const error = Math.abs(actual / expected - 1);
  return error <= most ? [] : [`${what}: expected ${Math.round(expected)}, got ${actual}`];
}

type Estimator = Caller<EstimatorRequests, EstimatorEvent>;

/** What the editor does, once: asks the ledger for logs and the estimator for what is in them, and stores it. */
async function learn(sandbox: Sandbox, estimator: Estimator): Promise<readonly Variance[]> {
  return withLedger(sandbox, [], async (ledger) => {
    await ledger.call('rescan', null);
    const found: Variance[] = [];
    for (const log of await ledger.call('recentLogs', null)) {
      found.push(...(await estimator.call('findVariances', { log })));
    }
    return ledger.call('learn', { found });
  });
}

async function withEstimator<Result>(
  sandbox: Sandbox,
  use: (estimator: Estimator) => Promise<Result>,
): Promise<Result> {
  const ranks = dirname(createRequire(import.meta.url).resolve('js-tiktoken/ranks/o200k_base'));
  const workerData: EstimatorOptions = {
    cataloguePath: cataloguePathIn(sandbox),
    rankPaths: {
      o200k_base: join(ranks, 'o200k_base.js'),
      cl100k_base: join(ranks, 'cl100k_base.js'),
    },
  };
  const worker = new Worker(new URL('../../src/workers/estimatorMain.ts', import.meta.url), { workerData });
  const estimator: Estimator = new Caller(worker, () => {});
  worker.on('error', (error) => estimator.abandon(error));
  try {
    return await use(estimator);
  } finally {
    await worker.terminate();
  }
}
