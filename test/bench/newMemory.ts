/**
 * What a page of memory costs that is touched for the first time, beside one that was touched before. Where the system that
 * runs programs is itself run by another, each may cost as much as reading it does: a program that takes memory anew, as
 * each thread of JavaScript does for its heap, is slower there beside one that has little.
 */

import { performance } from 'node:perf_hooks';
import { compare, type Figure } from './figure.ts';

const pages = 4_000;
const pageBytes = 4_096;
const rounds = 5;

export function newMemory(): readonly Figure[] {
  const fresh: number[] = [];
  const used: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const memory = Buffer.allocUnsafeSlow(pages * pageBytes);
    fresh.push(touch(memory));
    used.push(touch(memory));
  }
  return compare('new-memory', 'ms for a thousand pages', fresh, { 'memory in use': used });
}

/** Milliseconds for a thousand pages. */
function touch(memory: Buffer): number {
  const startMs = performance.now();
  for (let at = 0; at < memory.length; at += pageBytes) memory[at] = 1;
  return ((performance.now() - startMs) / pages) * 1_000;
}
