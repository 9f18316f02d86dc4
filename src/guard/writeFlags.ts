/** Sets the flags by which the launcher knows, without a runtime, that nothing can be stopped. */

import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { guardFiles, replaceFile } from './guardFolder.ts';

/**
 * - `none`: no budget is in force and no session was stopped by hand
 * - `calm`: this process reads the logs, and every budget is far from its limit
 * - `alert`: neither, or it cannot be known
 */
export type Mood = 'none' | 'calm' | 'alert';

/**
 * How long calm holds unless it is said again: should its process be killed, another may get its number. Nobody has to
 * wake up to say it again: the first hook after it has run out asks the accountant, and what that reads wakes the scanner.
 */
const calmMs = 10 * 60_000;

/** @throws what the disk says: then nothing is certain of the flags, and they should be taken away */
export function writeMood(folder: string, mood: Mood, processId: number, nowMs: number): void {
  if (mood !== 'calm') rmSync(join(folder, guardFiles.calm), { force: true });
  if (mood !== 'none') rmSync(join(folder, guardFiles.none), { force: true });
  if (mood === 'none') replaceFile(join(folder, guardFiles.none), '');
  if (mood === 'calm') writeCalm(folder, processId, (nowMs + calmMs) / 1000);
}

/** The number first: calm without it would be another process's. */
function writeCalm(folder: string, processId: number, untilSeconds: number): void {
  const path = join(folder, guardFiles.calm);
  replaceFile(join(folder, guardFiles.scanner), `${processId}\n`);
  replaceFile(path, '');
  utimesSync(path, untilSeconds, untilSeconds);
}
