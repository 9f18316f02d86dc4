import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { kindsOfText } from '../unit/estimator/kindsOfText.ts';
import { fullCounter, ranks } from '../unit/estimator/texts.ts';
import type { CountRequest } from './webWorker/countInWorker.ts';

describe('the count engine in a web worker', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const name of ['o200k_base', 'cl100k_base'] as const) {
    it(`counts as js-tiktoken does, with ${name}`, async () => {
      const texts = Object.values(kindsOfText());
      const tokens = await countInWorker(browser, { ranks: ranks[name], texts });
      assert.deepEqual(tokens, texts.map(fullCounter(name)));
    });
  }
});

/** What a page has and Node has not, as far as it is used here. */
interface Browsing {
  readonly Worker: new (
    url: string,
  ) => {
    onmessage: (message: { readonly data: readonly number[] }) => void;
    onerror: (error: { readonly message: string }) => void;
    postMessage(request: CountRequest): void;
  };
}

/** Runs the worker's program in a page of its own. */
async function countInWorker(browser: Browser, request: CountRequest): Promise<readonly number[]> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      ({ program, asked }) =>
        new Promise<readonly number[]>((resolve, reject) => {
          const { Worker } = globalThis as unknown as Browsing;
          const worker = new Worker(URL.createObjectURL(new Blob([program])));
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(asked);
        }),
      { program: await bundle('countInWorker.ts'), asked: request },
    );
  } finally {
    await page.close();
  }
}

/** For a browser: esbuild fails where something of Node's is imported. */
async function bundle(file: string): Promise<string> {
  const entry = join(import.meta.dirname, 'webWorker', file);
  const options = { bundle: true, platform: 'browser', format: 'iife', write: false } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry] });
  return outputFiles[0]?.text ?? '';
}
