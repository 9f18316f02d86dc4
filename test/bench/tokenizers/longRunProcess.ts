/**
 * Counts long runs with one counter, as a program of its own: `<counter> <peers>`. Prints the milliseconds that each
 * took.
 */

import { argv } from 'node:process';
import { seededRandom } from '../random.ts';
import { type CounterName, loadCounter } from './counters.ts';

export type RunTimes = readonly {
  readonly run: string;
  /** In the run that was counted. */
  readonly characters: number;
  readonly ms: readonly number[];
}[];

const characters = 100_000;

/** Of wide characters, for peers: they take a minute for a long run, and a hundredth of that for this. */
const fewCharacters = 10_000;

const times = 3;

const random = seededRandom(31);
const letters = () => String.fromCharCode(random.whole(0x61, 0x7a));
const runs: Readonly<Record<string, (length: number) => string>> = {
  a: (length) => 'a'.repeat(length),
  spaces: (length) => ' '.repeat(length),
  'line breaks': (length) => '\n'.repeat(length),
  'equals signs': (length) => '='.repeat(length),
  'random letters': (length) => Array.from({ length }, letters).join(''),
  中: (length) => '中'.repeat(length),
  '😀': (length) => '😀'.repeat(length),
};

const [, , name = '', peersFolder = ''] = argv;
const isOurs = name === 'ours';
const count = await loadCounter(name as CounterName, 'o200k_base', peersFolder);
const answer: RunTimes = Object.entries(runs).map(([run, make]) => {
  const isWide = Buffer.byteLength(make(1)) > 1;
  const text = make(isWide && !isOurs ? fewCharacters : characters);
  return { run, characters: isWide && !isOurs ? fewCharacters : characters, ms: measure(text) };
});
console.log(JSON.stringify(answer));

/** A peer needs seconds, of which the first run shows as much as the third. */
function measure(text: string): readonly number[] {
  return Array.from({ length: isOurs ? times : 1 }, () => {
    const startMs = performance.now();
    count(text);
    return performance.now() - startMs;
  });
}
