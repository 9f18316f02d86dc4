/**
 * At most one process reads logs into a ledger. The right to do so is an exclusive lock on a small SQLite file beside
 * it, held for as long as the process lives.
 *
 * The operating system drops the lock when its holder ends, however it ends. A lease with a heartbeat would wake an
 * idle machine to renew itself and would leave a dead holder's ledger without a scanner until it runs out.
 */

import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';

/** Of several that try at the same time each may keep the others from it: then one of them gets it a moment later. */
const contendedMs = 10;

export class ScannerLock {
  readonly #connection: DatabaseSync;

  private constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /**
   * @returns `null` when another process holds it
   * @throws what SQLite throws where the folder cannot be written
   */
  static take(sqlite: Sqlite, folder: string): ScannerLock | null {
    const connection = new sqlite.DatabaseSync(join(folder, 'scanner.lock'));
    try {
      connection.exec(`PRAGMA busy_timeout = ${contendedMs}; BEGIN EXCLUSIVE`);
      return new ScannerLock(connection);
    } catch (error) {
      connection.close();
      if (faultOf(error) === 'busy') return null;
      throw error;
    }
  }

  release(): void {
    this.#connection.close();
  }
}
