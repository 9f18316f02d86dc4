/**
 * Loads `o200k_base` with one counter and counts a word, as a program of its own: `<counter> <our engine> <peers>`.
 * Prints what that took; needs `--expose-gc`.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv } from 'node:process';
import type { Ranks } from '../../../src/estimator/engine/countEngine.ts';
import { root } from '../../harness/layout.ts';
import { type Counter, type CounterName, loadCounter } from './counters.ts';

export interface LoadFigures {
  readonly ms: number;
  /** By how much the process grew, garbage aside. */
  readonly residentMb: number;
}

const [, , name = '', enginePath = '', peersFolder = ''] = argv;
const encoding = 'o200k_base';

const startBytes = residentBytes();
const startMs = performance.now();
const count = name === 'ours' ? loadOurs() : await loadCounter(name as CounterName, encoding, peersFolder);
count('hello world');
const ms = performance.now() - startMs;
const figures: LoadFigures = { ms, residentMb: (residentBytes() - startBytes) / 1e6 };
console.log(JSON.stringify(figures));

/** From what the product ships, as its worker does. */
function loadOurs(): Counter {
  const require = createRequire(import.meta.url);
  const { createCountEngine }: typeof import('../../../src/estimator/engine/countEngine.ts') =
    require(enginePath);
  const vocabulary: { default: Ranks } = require(join(root, 'dist', 'ranks', `${encoding}.js`));
  const engine = createCountEngine(vocabulary.default);
  return (text) => engine.count(text).tokens;
}

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
