/** The guard's folder beside the ledger: its files by name, and how they are written. */

import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SessionKey } from '../domain/budget.ts';

export const guardFiles = {
  /** What all hooks run; for Windows there is one more, with `.cmd` added. */
  launch: 'launch',
  accountant: 'accountant.js',
  /** By which agents ask for their budgets. */
  mcp: 'mcp.js',
  catalogue: 'catalogue.json',
  /** What OpenClaw loads: it knows a plugin by the name of its file. */
  openclawPlugin: 'openclaw/token-burn.mjs',
  /** Which version of the extension the programs are from, and their digests. */
  version: 'version.json',
  /** Programs to run the accountant with, a line each, the best first. */
  runtime: 'runtime',
  /** Is there while no budget is in force and no session was stopped by hand. */
  none: 'none',
  /**
   * Holds until its time of change, while the scanner lives: every budget is far from its limit. Bears a name of its own
   * each time that it is written after it was taken away.
   */
  calm: 'calm',
  /** The number of the process that reads logs. */
  scanner: 'scanner',
  /** Touched whenever the guard is asked; the second one since when that seems to have been later than now. */
  now: 'now',
  clockDoubt: 'clock-doubt',
  /** The user's own prices, as the setting has them. */
  prices: 'prices.json',
  /** See `guardSettings.ts`. */
  settings: 'settings.json',
  /** What was installed into agents' settings, see `installed.ts`. */
  installed: 'installed.json',
  /** A file for each session: how many of its hooks may pass while all is calm, see `leases.ts`. */
  leases: 'leases',
  /** A file for each session: the process of its agent, see `sessionProcess.ts`. */
  processes: 'processes',
  /** A file for each session: what the guard answered last. */
  beats: 'beats',
  /** A file for each agent and thing that went wrong. */
  faults: 'faults',
  /** What V8 made of the accountant. */
  cache: 'cache',
} as const;

/** @param dataFolder of the ledger */
export function guardFolderIn(dataFolder: string): string {
  return join(dataFolder, 'guard');
}

/** Names that the launcher uses as they are, see its `is_name`. */
const plainName = /^(?![.-])[A-Za-z0-9_.-]{1,128}$/;

/** The file of a session below a folder of such. Whatever its key holds, the file lies in that folder. */
export function sessionFile({ agent, key }: SessionKey): string {
  return `${agent}.${plainName.test(key) ? key : encode(key)}`;
}

/** A tilde is in no plain name, so that no other key has this file. */
function encode(key: string): string {
  return `~${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

/** Puts a file in its place whole: who reads it sees the old text or the new one. @throws what the disk says */
export function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const written = `${path}.${randomUUID()}`;
  try {
    writeFileSync(written, content, { mode, flag: 'wx' });
    renameSync(written, path);
  } catch (error) {
    rmSync(written, { force: true });
    throw error;
  }
}
