/** Whether nothing can be stopped now, as the launcher asks it, too: for systems whose shell cannot. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guardFiles } from './guardFolder.ts';

/** No budget is in force, or a live scanner says that all are far from their limits. */
export function isQuiet(folder: string, nowMs: number): boolean {
  if (existsSync(join(folder, guardFiles.none))) return true;
  const calm = statSync(join(folder, guardFiles.calm), { throwIfNoEntry: false });
  return calm !== undefined && nowMs < calm.mtimeMs && isScannerAlive(folder);
}

function isScannerAlive(folder: string): boolean {
  try {
    const id = Number(readFileSync(join(folder, guardFiles.scanner), 'utf8'));
    return Number.isSafeInteger(id) && id > 0 && process.kill(id, 0);
  } catch {
    return false;
  }
}
