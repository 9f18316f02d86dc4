/** From a keystroke in a large document to its new count, beside tokenizers that have to count all of it again. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installedPackages } from '../harness/installOnce.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, type Part, percentile } from './figure.ts';
import { corpora } from './tokenizers/corpora.ts';
import { counterNames, oracleName } from './tokenizers/counters.ts';
import { runTokenizer } from './tokenizers/runTokenizer.ts';

const rounds = 3;

export const recount1Mb: Part = { name: 'recount-1mb', run: () => typingIn(recount1Mb.name, 1_000_000) };
export const recount10Mb: Part = { name: 'recount-10mb', run: () => typingIn(recount10Mb.name, 10_000_000) };

async function typingIn(name: string, characters: number): Promise<readonly Figure[]> {
  const peersFolder = await installedPackages('tokenizers', join(import.meta.dirname, 'tokenizers'));
  return withTemporaryFolder(async (folder) => {
    const corporaPath = join(folder, 'corpora.json');
    await writeFile(corporaPath, JSON.stringify(corpora()));
    const strokes: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++) {
      for (const counter of counterNames) {
        if (counter === oracleName && round > 0) continue;
        const args = [counter, `${characters}`, corporaPath, peersFolder];
        const microseconds: readonly number[] = await runTokenizer('typingProcess.ts', args);
        strokes[counter] = [...(strokes[counter] ?? []), ...microseconds];
      }
    }
    const { ours = [], ...peers } = strokes;
    return [
      ...compare(name, 'µs', ours, peers),
      ...compare(`${name} p99`, 'µs', [percentile(ours, 0.99)], peers),
    ];
  });
}
