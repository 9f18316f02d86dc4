import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { after, before, describe, it } from 'mocha';
import { Caller } from '../../../src/workers/channel.ts';
import type { FolderEvent, FolderRequests, FolderWorkerData } from '../../../src/workers/folderProtocol.ts';
import { fullCounter } from '../estimator/texts.ts';
import { TemporaryFolder } from '../folders/tree.ts';
import { build } from '../pricing/bundled.ts';

describe('the count of folders as a thread of its own', () => {
  const folder = new TemporaryFolder();
  const ranksFolder = dirname(createRequire(import.meta.url).resolve('js-tiktoken/ranks/o200k_base'));
  const workerData: FolderWorkerData = {
    cataloguePath: folder.at('catalogue.json'),
    rankPaths: {
      o200k_base: join(ranksFolder, 'o200k_base.js'),
      cl100k_base: join(ranksFolder, 'cl100k_base.js'),
    },
    cacheFolder: folder.at('cache'),
  };
  let worker: Worker | undefined;

  before(() => {
    writeFileSync(workerData.cataloguePath, JSON.stringify(build.catalogue));
    worker = new Worker(new URL('../../../src/workers/folderMain.ts', import.meta.url), { workerData });
  });

  after(async () => {
    await worker?.terminate();
    folder.dispose();
  });

  it('counts with the vocabularies that ship, and keeps what it counted', async () => {
    assert.ok(worker !== undefined);
    const text = 'Für jede Zeile: `const x = 1;` // naïve 中文\n'.repeat(50);
    folder.write({ 'in/a': text });
    const caller = new Caller<FolderRequests, FolderEvent>(worker, () => {});
    const root = { path: folder.at('in'), excludeBase: folder.at('in'), excludes: [] };
    const summary = await caller.call('count', { roots: [root], model: 'gpt-6-sol', calibration: null });
    assert.equal(summary.tokens, fullCounter('o200k_base')(text));
    assert.equal(summary.cacheProblem, null);
    assert.ok(readdirSync(workerData.cacheFolder).length > 0);
  }).timeout(60_000);
});
