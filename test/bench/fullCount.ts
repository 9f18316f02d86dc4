/** Our count engine beside the exact tokenizers of others: whole texts of ten kinds, new to it and known. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodingName } from '../../src/estimator/encoding.ts';
import { installedPackages } from '../harness/installOnce.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { compareSpeeds, type Figure, type Part } from './figure.ts';
import { type Corpus, corpora } from './tokenizers/corpora.ts';
import { type CounterName, counterNames, oracleName } from './tokenizers/counters.ts';
import type { CorpusTimes } from './tokenizers/countProcess.ts';
import { runTokenizer } from './tokenizers/runTokenizer.ts';

const rounds = 3;
const passes = 4;
/** Of the oracle, which takes a minute for two passes. */
const oracle = { rounds: 1, passes: 2 } as const;

const encodings: readonly EncodingName[] = ['o200k_base', 'cl100k_base'];

export const fullCount: Part = {
  name: 'full-count',
  run: () =>
    withTemporaryFolder(async (folder) => {
      const texts = corpora();
      const corporaPath = join(folder, 'corpora.json');
      await writeFile(corporaPath, JSON.stringify(texts));
      const figures: Figure[] = [];
      for (const encoding of encodings) {
        const runs = await measure(encoding, corporaPath);
        sayWhoMiscounts(encoding, texts, runs);
        figures.push(...figuresOf(encoding, texts, runs));
      }
      return figures;
    }),
};

/** What each counter needed for the corpora, round by round. */
type Runs = ReadonlyMap<CounterName, readonly (readonly CorpusTimes[])[]>;

async function measure(encoding: EncodingName, corporaPath: string): Promise<Runs> {
  const peersFolder = await installedPackages('tokenizers', join(import.meta.dirname, 'tokenizers'));
  const runs = new Map<CounterName, (readonly CorpusTimes[])[]>(counterNames.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, times] of runs) {
      const isOracle = name === oracleName;
      if (isOracle && round >= oracle.rounds) continue;
      const args = [name, encoding, corporaPath, peersFolder, `${isOracle ? oracle.passes : passes}`];
      times.push(await runTokenizer('countProcess.ts', args));
    }
  }
  return runs;
}

/** Ours must count what `js-tiktoken` counts. Of others it is said where they have faults; they are compared all the same. */
function sayWhoMiscounts(encoding: EncodingName, texts: readonly Corpus[], runs: Runs): void {
  for (const [name, [times = []]] of runs) {
    for (const [index, { tokens }] of times.entries()) {
      const expected = runs.get(oracleName)?.[0]?.[index]?.tokens;
      if (tokens === expected) continue;
      const fault = `${name} counts ${tokens} for ${expected} tokens of ${encoding} in ${texts[index]?.name}`;
      if (name === 'ours') throw new Error(fault);
      console.error(fault);
    }
  }
}

function figuresOf(encoding: EncodingName, texts: readonly Corpus[], runs: Runs): readonly Figure[] {
  const figures = (kind: string, milliseconds: (passMs: readonly number[]) => readonly number[]) => {
    const speeds = Array.from(runs, ([name, times]) => [name, [meanSpeed(texts, times, milliseconds)]]);
    const { ours = [], ...peers }: Record<string, readonly number[]> = Object.fromEntries(speeds);
    return compareSpeeds(`full-count ${encoding} ${kind}`, 'MB/s', ours, peers);
  };
  return [
    ...figures('first', (passMs) => passMs.slice(0, 1)),
    ...figures('warm', (passMs) => passMs.slice(1)),
  ];
}

/**
 * Megabytes of UTF-8 a second, geometric mean over the corpora. Of several times the least counts: whatever else runs
 * on the machine only adds to one.
 */
function meanSpeed(
  texts: readonly Corpus[],
  runs: readonly (readonly CorpusTimes[])[],
  milliseconds: (passMs: readonly number[]) => readonly number[],
): number {
  const logarithms = texts.map(({ text }, index) => {
    const leastMs = Math.min(...runs.flatMap((times) => milliseconds(times[index]?.passMs ?? [])));
    return Math.log(Buffer.byteLength(text) / (1_000 * leastMs));
  });
  return Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length);
}
