/**
 * What memory costs that was not used for a second, beside memory that was written to just now. Where other machines share
 * the hardware it may be put aside meanwhile, and whoever rests pays for that: figures taken after a rest are to be read
 * beside this one.
 */

import { performance } from 'node:perf_hooks';
import { compare, type Figure } from './figure.ts';

const restMs = 1_000;
const touches = 1_000;
/** So far apart that nothing is brought back with another. */
const apartBytes = 64 << 10;
const rounds = 5;

export function restedMemory(): readonly Figure[] {
  const memory = Buffer.alloc(touches * apartBytes, 1);
  const rested: number[] = [];
  const used: number[] = [];
  for (let round = 0; round < rounds; round++) {
    memory.fill(round);
    used.push(touch(memory));
    memory.fill(round);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, restMs);
    rested.push(touch(memory));
  }
  return compare('rested-memory', 'ms for a thousand places', rested, { 'memory just written': used });
}

/** Milliseconds. */
function touch(memory: Buffer): number {
  const startMs = performance.now();
  for (let at = 0; at < memory.length; at += apartBytes) memory[at] = 1;
  return performance.now() - startMs;
}
