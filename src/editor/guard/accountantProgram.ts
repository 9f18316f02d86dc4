/** The guard's accountant as a program that the editor runs: its own, and not the copy that agents start. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { GuardPlace } from './guardPlace.ts';

export type AccountantPlace = Pick<GuardPlace, 'distFolder' | 'dataFolder'>;

/** What is asked of it, see `accountantMain.ts`. */
export interface AccountantTask {
  readonly command: 'examine' | 'process';
  readonly args: readonly string[];
  readonly longestMs: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** @returns what it printed as JSON @throws what kept it from being asked, or ended it */
export function askAccountant(
  { command, args, longestMs, signal }: AccountantTask,
  { distFolder, dataFolder }: AccountantPlace,
): Promise<unknown> {
  const environment = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const options = { env: environment, timeout: longestMs, maxBuffer: 2 ** 24, windowsHide: true, signal };
  const all = [join(distFolder, 'accountant.js'), command, dataFolder, ...args];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, all, options, (error, output) => {
      if (error !== null) reject(error);
      else resolve(JSON.parse(output));
    });
  });
}
