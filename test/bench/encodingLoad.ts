/** Time and memory until an encoding counts for the first time, in a process that did nothing before. */

import { join } from 'node:path';
import { build } from 'esbuild';
import { installedPackages } from '../harness/installOnce.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { root } from '../harness/layout.ts';
import { compare, type Part } from './figure.ts';
import { counterNames } from './tokenizers/counters.ts';
import type { LoadFigures } from './tokenizers/loadProcess.ts';
import { runTokenizer } from './tokenizers/runTokenizer.ts';

const rounds = 5;

export const encodingLoad: Part = {
  name: 'encoding-load',
  run: () =>
    withTemporaryFolder(async (folder) => {
      const peersFolder = await installedPackages('tokenizers', join(import.meta.dirname, 'tokenizers'));
      const enginePath = join(folder, 'engine.cjs');
      await bundleEngine(enginePath);
      const loads = new Map<string, LoadFigures[]>(counterNames.map((name) => [name, []]));
      for (let round = 0; round < rounds; round++) {
        for (const [name, figures] of loads) {
          figures.push(
            await runTokenizer('loadProcess.ts', [name, enginePath, peersFolder], ['--expose-gc']),
          );
        }
      }
      const valuesOf = (value: (figures: LoadFigures) => number) => {
        const values = Array.from(loads, ([name, figures]) => [name, figures.map(value)]);
        const { ours = [], ...peers }: Record<string, readonly number[]> = Object.fromEntries(values);
        return [ours, peers] as const;
      };
      return [
        ...compare('encoding-load o200k_base', 'ms', ...valuesOf(({ ms }) => ms)),
        ...compare('encoding-load o200k_base memory', 'MB', ...valuesOf(({ residentMb }) => residentMb)),
      ];
    }),
};

/** As it is in the product: minified, in one file, with the vocabulary apart. */
async function bundleEngine(outfile: string): Promise<void> {
  await build({
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    entryPoints: [join(root, 'src/estimator/engine/countEngine.ts')],
    outfile,
  });
}
