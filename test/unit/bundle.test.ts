import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** What esbuild says of a file of the product; `npm run build` writes it. */
function output(name: string): Metafile['outputs'][string] {
  const { outputs }: Metafile = JSON.parse(readFileSync(join('dist', 'meta.json'), 'utf8'));
  const found = outputs[`dist/${name}`];
  assert.ok(found, `${name} is not built`);
  return found;
}

const sourcesOf = (name: string) => Object.keys(output(name).inputs);
const importsOf = (name: string) => output(name).imports.map(({ path }) => path);
const workers = ['ledger.js', 'logReader.js', 'estimator.js', 'folders.js'];
/** Parts of the extension that commands load when they are first given. */
const loadedByCommands = [
  'exact.js',
  'claudePlan.js',
  'claudeTelemetry.js',
  'chatSpans.js',
  'prices.js',
  'budgets.js',
  'guards.js',
];

describe('the bundle of the extension', () => {
  it('is at most 150 kB', () => {
    assert.ok(output('extension.js').bytes <= 150_000, `${output('extension.js').bytes} bytes`);
  });

  for (const part of ['extension.js', ...loadedByCommands]) {
    it(`holds none of the heavy rooms, no worker and no data: ${part}`, () => {
      const heavy =
        /^src\/(agents\/(?!(?:fields|folders)\.ts)|budgets|estimator|folders|ledger|oversight|pricing|storage)\/|Main\.ts$|\.json$|js-tiktoken|genai-prices/;
      assert.deepEqual(
        sourcesOf(part).filter((path) => heavy.test(path)),
        [],
      );
    });
  }

  it('holds nothing of what its commands load', () => {
    assert.deepEqual(
      sourcesOf('extension.js').filter((path) =>
        /^src\/engines\/|\/(?:counting|priceCommands|budgetCommands|addBudget)\.ts$/.test(path),
      ),
      [],
    );
  });

  it('needs nothing that VS Code or the build does not have', () => {
    const built = loadedByCommands.map((name) => `./${name}`);
    const needed = ['extension.js', ...loadedByCommands].flatMap(importsOf);
    assert.deepEqual(
      needed.filter((path) => path !== 'vscode' && !isBuiltin(path) && !built.includes(path)),
      [],
    );
  });
});

describe('the bundles of the workers', () => {
  for (const worker of workers) {
    it(`need nothing that Node does not have, and so no vscode: ${worker}`, () => {
      assert.deepEqual(
        importsOf(worker).filter((path) => !isBuiltin(path)),
        [],
      );
    });

    it(`hold no vocabulary, no price data and nothing of the editor: ${worker}`, () => {
      const foreign = /js-tiktoken\/dist\/ranks|genai-prices|\.json$|^src\/editor\//;
      assert.deepEqual(
        sourcesOf(worker).filter((path) => foreign.test(path)),
        [],
      );
    });
  }

  it('find each vocabulary in a file of its own', () => {
    for (const name of ['o200k_base', 'cl100k_base']) {
      assert.deepEqual(
        sourcesOf(`ranks/${name}.js`).map((path) => path.replace(/^.*\//, '')),
        [`${name}.js`],
      );
    }
  });
});

describe('the bundle of the guard', () => {
  it('is small enough to be started by every hook', () => {
    assert.ok(output('accountant.js').bytes <= 460_000, `${output('accountant.js').bytes} bytes`);
  });

  it('needs nothing that Node does not have, and holds nothing that runs in an editor alone', () => {
    assert.deepEqual(
      importsOf('accountant.js').filter((path) => !isBuiltin(path)),
      [],
    );
    const foreign = /^src\/(editor|estimator|folders|engines)\/|js-tiktoken|genai-prices|\.json$/;
    assert.deepEqual(
      sourcesOf('accountant.js').filter((path) => foreign.test(path)),
      [],
    );
  });
});
