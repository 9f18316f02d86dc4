/** Our count engine beside the exact tokenizers of others: whole texts of ten kinds, new to it and known. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodingName } from '../../src/estimator/encoding.ts';
import { installedPackages } from '../harness/installOnce.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compare, type Figure, median, type Part } from './figure.ts';
import { type Corpus, corpora } from './tokenizers/corpora.ts';
import { type CounterName, counterNames } from './tokenizers/counters.ts';
import type { CorpusTimes } from './tokenizers/countProcess.ts';
import { runTokenizer } from './tokenizers/runTokenizer.ts';

const rounds = 3;
const encodings: readonly EncodingName[] = ['o200k_base', 'cl100k_base'];

export const fullCount: Part = {
  name: 'full-count',
  run: () =>
    withTemporaryFolder(async (folder) => {
      const texts = corpora();
      const corporaPath = join(folder, 'corpora.json');
      await writeFile(corporaPath, JSON.stringify(texts));
      const figures: Figure[] = [];
      for (const encoding of encodings) figures.push(...(await figuresOf(encoding, texts, corporaPath)));
      return figures;
    }),
};

/** Nanoseconds a byte, geometric mean over the corpora, of each round. */
interface Speeds {
  readonly first: number[];
  readonly warm: number[];
}

async function figuresOf(
  encoding: EncodingName,
  texts: readonly Corpus[],
  corporaPath: string,
): Promise<readonly Figure[]> {
  const peersFolder = await installedPackages('tokenizers', join(import.meta.dirname, 'tokenizers'));
  const speeds = new Map<CounterName, Speeds>(counterNames.map((name) => [name, { first: [], warm: [] }]));
  const tokens = new Map<CounterName, readonly number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, { first, warm }] of speeds) {
      const times: readonly CorpusTimes[] = await runTokenizer('countProcess.ts', [
        name,
        encoding,
        corporaPath,
        peersFolder,
      ]);
      tokens.set(
        name,
        times.map((corpus) => corpus.tokens),
      );
      first.push(meanSpeed(texts, times, ([ms]) => ms ?? Number.NaN));
      warm.push(meanSpeed(texts, times, ([, ...ms]) => median(ms)));
    }
  }
  requireRight(tokens);
  const figures = (kind: keyof Speeds) => {
    const { ours = [], ...peers } = Object.fromEntries(
      Array.from(speeds, ([name, values]) => [name, values[kind]]),
    );
    return compare(`full-count ${encoding} ${kind}`, 'ns/B', ours, peers);
  };
  return [...figures('first'), ...figures('warm')];
}

/** A fast answer that is wrong is no answer. Other peers differ from `js-tiktoken` where they have faults. */
function requireRight(tokens: ReadonlyMap<CounterName, readonly number[]>): void {
  const [ours, expected] = [`${tokens.get('ours')}`, `${tokens.get('js-tiktoken')}`];
  if (ours !== expected) throw new Error(`ours counts ${ours}, js-tiktoken ${expected}`);
}

function meanSpeed(
  texts: readonly Corpus[],
  times: readonly CorpusTimes[],
  milliseconds: (passMs: readonly number[]) => number,
): number {
  const logarithms = times.map(({ passMs }, index) => {
    const bytes = Buffer.byteLength(texts[index]?.text ?? '');
    return Math.log((milliseconds(passMs) * 1e6) / bytes);
  });
  return Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length);
}
