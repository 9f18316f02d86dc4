/**
 * Notices a clock that went back: a day that is over would be judged again, and its spent budget would stop an agent
 * today. What was set right stays right, so that the doubt ends after a while.
 */

import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guardFiles } from './guardFolder.ts';

/** File systems and clocks may differ by so much. */
const toleranceMs = 60_000;
export const doubtMs = 10 * 60_000;

/** To be asked whenever the guard is. Never throws. */
export function isClockInDoubt(folder: string, nowMs: number): boolean {
  const now = join(folder, guardFiles.now);
  const doubt = join(folder, guardFiles.clockDoubt);
  if (touchedMs(now) <= nowMs + toleranceMs) {
    touch(now, nowMs);
    return false;
  }
  const sinceMs = touchedMs(doubt);
  const ageMs = nowMs - sinceMs;
  if (sinceMs > 0 && ageMs >= doubtMs) {
    touch(now, nowMs);
    rmSync(doubt, { force: true });
    return false;
  }
  if (sinceMs === 0 || ageMs < -toleranceMs) touch(doubt, nowMs);
  return true;
}

/** 0 where there is no such file. */
function touchedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(path: string, atMs: number): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, '', { mode: 0o600 });
    utimesSync(path, atMs / 1000, atMs / 1000);
  } catch {
    // The next time tells.
  }
}
