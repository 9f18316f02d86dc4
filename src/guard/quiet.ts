/** Whether nothing can be stopped now, as the launcher asks it, too: for systems whose shell cannot. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionKey } from '../domain/budget.ts';
import { guardFiles } from './guardFolder.ts';
import { useLease } from './leases.ts';

/** No budget is in force, or all are far from their limits and the session may go on unasked for a while. */
export function isQuiet(folder: string, session: SessionKey, nowMs: number): boolean {
  if (isNone(folder)) return true;
  const calm = calmAt(folder, nowMs);
  return calm !== null && useLease(folder, session, calm);
}

/** No budget is in force, and no session was stopped by hand. */
export function isNone(folder: string): boolean {
  return existsSync(join(folder, guardFiles.none));
}

/** A live scanner says that all budgets are far from their limits: the name of that calm, `null` where none does. */
export function calmAt(folder: string, nowMs: number): string | null {
  const calm = statSync(join(folder, guardFiles.calm), { throwIfNoEntry: false });
  const holds = calm !== undefined && nowMs < calm.mtimeMs && isScannerAlive(folder);
  return holds ? nameOfCalm(folder) : null;
}

/** Whether it holds or not; `null` where there is none, or one without a name. */
export function nameOfCalm(folder: string): string | null {
  try {
    return /^([\w-]+)\n$/.exec(readFileSync(join(folder, guardFiles.calm), 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

function isScannerAlive(folder: string): boolean {
  try {
    const id = Number(readFileSync(join(folder, guardFiles.scanner), 'utf8'));
    return Number.isSafeInteger(id) && id > 0 && process.kill(id, 0);
  } catch {
    return false;
  }
}
