/**
 * Counts the corpora of a file with one counter, as a program of its own: `<counter> <encoding> <corpora> <peers>
 * <passes>`. Prints the milliseconds that each text took, pass by pass, and its tokens.
 */

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import type { EncodingName } from '../../../src/estimator/encoding.ts';
import type { Corpus } from './corpora.ts';
import { type CounterName, loadCounter } from './counters.ts';

export interface CorpusTimes {
  readonly name: string;
  readonly tokens: number;
  readonly passMs: readonly number[];
}

const [, , name, encoding, corporaPath = '', peersFolder = '', passes] = argv;
const count = await loadCounter(name as CounterName, encoding as EncodingName, peersFolder);
const corpora: readonly Corpus[] = JSON.parse(readFileSync(corporaPath, 'utf8'));

for (let round = 0; round < 2; round++) {
  for (const { warmUp } of corpora) count(warmUp);
}
const times = corpora.map(({ name, text }): CorpusTimes => {
  const tokens: number[] = [];
  const passMs = Array.from({ length: Number(passes) }, () => {
    const startMs = performance.now();
    tokens.push(count(text));
    return performance.now() - startMs;
  });
  return { name, tokens: tokens[0] ?? 0, passMs };
});
console.log(JSON.stringify(times));
