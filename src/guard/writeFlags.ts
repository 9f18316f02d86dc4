/** Sets the flags by which the launcher knows, without a runtime, that nothing can be stopped. */

import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { guardFiles, replaceFile } from './guardFolder.ts';
import { dropLeases } from './leases.ts';
import { nameOfCalm } from './quiet.ts';

/**
 * How long calm holds unless it is said again: should its process be killed, another may get its number. Nobody has to
 * wake up to say it again: the first hook after it has run out asks the accountant, and what that reads wakes the scanner.
 */
const calmMs = 10 * 60_000;

/** @throws what the disk says: then {@link clearFlags} is to be called */
export function writeNone(folder: string, isNone: boolean): void {
  const path = join(folder, guardFiles.none);
  if (!isNone) rmSync(path, { force: true });
  else if (!existsSync(path)) replaceFile(path, '');
}

/**
 * @param processId of who reads the logs
 * @throws as {@link writeNone}
 */
export function writeCalm(folder: string, isCalm: boolean, processId: number, nowMs: number): void {
  const path = join(folder, guardFiles.calm);
  if (!isCalm) {
    rmSync(path, { force: true });
    return;
  }
  // The number first: calm without it would be another process's.
  replaceFile(join(folder, guardFiles.scanner), `${processId}\n`);
  if (nameOfCalm(folder) === null) replaceFile(path, `${randomUUID()}\n`);
  const untilSeconds = (nowMs + calmMs) / 1000;
  utimesSync(path, untilSeconds, untilSeconds);
}

/** From now on the guard judges each time: what was leased rests on what may be otherwise by now. Never throws. */
export function clearFlags(folder: string, names: readonly ('none' | 'calm')[] = ['none', 'calm']): void {
  dropLeases(folder);
  for (const name of names) {
    try {
      rmSync(join(folder, guardFiles[name]), { force: true });
    } catch {
      // What cannot be taken away holds for no longer than it says.
    }
  }
}
