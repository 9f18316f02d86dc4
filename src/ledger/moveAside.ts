/** Moves a damaged ledger out of the way, so that nothing in it is lost and a new one can be made in its place. */

import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export const ledgerFile = 'ledger.db';

/**
 * Renames the ledger and the files that SQLite keeps beside it to the first free number.
 *
 * @returns the new path of the ledger
 */
export function moveAside(folder: string): string {
  const path = join(folder, ledgerFile);
  const target = freePath(folder);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}

function freePath(folder: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `ledger.damaged-${number}.db`);
    if (!existsSync(path)) return path;
  }
}
