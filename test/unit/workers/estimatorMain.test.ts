import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { after, before, describe, it } from 'mocha';
import { Caller } from '../../../src/workers/channel.ts';
import type {
  EstimatorEvent,
  EstimatorOptions,
  EstimatorRequests,
} from '../../../src/workers/estimatorProtocol.ts';
import { fullCounter } from '../estimator/texts.ts';
import { build } from '../pricing/bundled.ts';

describe('the estimator as a thread of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-burn-estimator-'));
  const ranksFolder = dirname(createRequire(import.meta.url).resolve('js-tiktoken/ranks/o200k_base'));
  const options: EstimatorOptions = {
    cataloguePath: join(folder, 'catalogue.json'),
    rankPaths: {
      o200k_base: join(ranksFolder, 'o200k_base.js'),
      cl100k_base: join(ranksFolder, 'cl100k_base.js'),
    },
  };
  let worker: Worker | undefined;

  before(() => {
    writeFileSync(options.cataloguePath, JSON.stringify(build.catalogue));
    worker = new Worker(new URL('../../../src/workers/estimatorMain.ts', import.meta.url), {
      workerData: options,
    });
  });

  after(async () => {
    await worker?.terminate();
    rmSync(folder, { recursive: true });
  });

  it('counts with the vocabularies that ship', async () => {
    assert.ok(worker !== undefined);
    const caller = new Caller<EstimatorRequests, EstimatorEvent>(worker, () => {});
    const text = 'Für jede Zeile: `const x = 1;` // naïve 中文\n'.repeat(50);
    await caller.call('openDocument', { uri: 'a', text });
    for (const [model, encoding] of [
      ['gpt-6-sol', 'o200k_base'],
      ['gpt-4', 'cl100k_base'],
    ] as const) {
      const query = { uri: 'a', model, spans: [], length: text.length, atMs: 0, projectPath: null };
      const reply = await caller.call('estimate', query);
      assert.ok(reply.kind === 'estimate');
      assert.equal(reply.estimate.tokens, fullCounter(encoding)(text));
      assert.equal(typeof reply.cost?.cold, 'bigint');
    }
  }).timeout(60_000);
});
