/**
 * How many hooks of a session may go on unasked while all is calm: a file for each, which holds that number, the name of
 * the calm that it is for, and a dot for every hook that did. The accountant writes it, the launcher adds the dots.
 *
 * Who changes what is judged by stores it first and ends the calm then, and the accountant reads the name of the calm before
 * all that it judges by: so a lease by what held before is none in the next calm, whenever it is written.
 */

import { appendFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionKey } from '../domain/budget.ts';
import { guardFiles, replaceFile, sessionFile } from './guardFolder.ts';

/** Sessions whose hooks passed within so long are at work. */
const atWorkMs = 60_000;

/** @param hooks none takes the lease away. Never throws: without a lease each hook asks */
export function writeLease(folder: string, session: SessionKey, hooks: number, calm: string): void {
  const path = leasePath(folder, session);
  try {
    if (hooks > 0) replaceFile(path, `${hooks} ${calm} `);
    else rmSync(path, { force: true });
  } catch {
    // An old one ends soon.
  }
}

/** Lets one more hook pass. @param calm the name of the present one @returns whether it may */
export function useLease(folder: string, session: SessionKey, calm: string): boolean {
  const path = leasePath(folder, session);
  try {
    const lease = /^([1-9]\d{0,2}) ([\w-]+) (\.*)$/.exec(readFileSync(path, 'utf8'));
    const [, hooks = '', leasedIn = '', dots = ''] = lease ?? [];
    if (leasedIn !== calm || dots.length >= Number(hooks)) return false;
    appendFileSync(path, '.');
    return true;
  } catch {
    return false;
  }
}

/** Other sessions that have a lease and are at work. */
export function countOtherLeases(folder: string, session: SessionKey, nowMs: number): number {
  const own = sessionFile(session);
  try {
    const names = readdirSync(join(folder, guardFiles.leases)).filter((name) => name !== own);
    return names.filter((name) => touchedMs(folder, name) > nowMs - atWorkMs).length;
  } catch {
    return 0;
  }
}

/** Never throws. */
export function dropLeases(folder: string): void {
  try {
    rmSync(join(folder, guardFiles.leases), { recursive: true, force: true });
  } catch {
    // Those that are left end soon.
  }
}

function touchedMs(folder: string, name: string): number {
  return statSync(join(folder, guardFiles.leases, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function leasePath(folder: string, session: SessionKey): string {
  return join(folder, guardFiles.leases, sessionFile(session));
}
