/** A ledger made anew of what a home folder holds. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Database } from '../../src/ledger/database.ts';
import { ledgerFile } from '../../src/ledger/moveAside.ts';
import { loadSqlite } from '../../src/storage/sqlite.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';

/** Beyond what any home takes: reading that is not done by then hangs. */
const limitMs = 30 * 60_000;

/**
 * Reads the logs of `home` in a process that knows of nothing else, and gives `use` the ledger, which is gone after it.
 *
 * @throws Error when not all could be read, or not in half an hour
 */
export function withFreshLedger<Result>(
  home: string,
  use: (db: Database) => Promise<Result> | Result,
): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    await readInto(home, folder);
    const db = openLedger(folder);
    try {
      return await use(db);
    } finally {
      db.close();
    }
  });
}

async function readInto(home: string, folder: string): Promise<void> {
  const program = join(import.meta.dirname, 'readingProcess.ts');
  const child = spawn(process.execPath, [program, home, folder], {
    env: { HOME: home, USERPROFILE: home },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: limitMs,
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the logs of ${home} could not all be read: ${signal ?? `code ${code}`}`);
}

function openLedger(folder: string): Database {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) throw new Error(sqlite.missing);
  return new Database(sqlite, join(folder, ledgerFile));
}
