/** Which folders are open in any window: those of this one are noted in every ledger that it comes to use. */

import { type Database, NewerLedgerError } from '../ledger/database.ts';
import { isFolderAt } from '../ledger/discover.ts';
import type { LiveLedger } from '../ledger/liveLedger.ts';
import { noteOpenFolders, openFolders } from '../ledger/openFolders.ts';
import { faultOf } from '../storage/sqlite.ts';

export class WindowFolders {
  readonly #own: readonly string[];
  readonly #now: () => number;
  #notedIn: Database | undefined;

  constructor(own: readonly string[], now: () => number) {
    this.#own = own;
    this.#now = now;
  }

  /** Paths, those of this window first; those known before where the ledger cannot be asked now. */
  of(live: LiveLedger, known: readonly string[]): readonly string[] {
    try {
      return live.query((db) => this.#in(db), known);
    } catch (error) {
      if (faultOf(error) === 'other' && !(error instanceof NewerLedgerError)) throw error;
      return known;
    }
  }

  #in(db: Database): readonly string[] {
    this.#note(db);
    return [...new Set([...this.#own, ...openFolders(db)])];
  }

  /** Those of them that can be looked into; what this window has open is looked for again, if it is not there yet. */
  async there(paths: readonly string[]): Promise<readonly string[]> {
    const isThere = await Promise.all(paths.map((path) => this.#own.includes(path) || isFolderAt(path)));
    return paths.filter((_, index) => isThere[index]);
  }

  /** While nothing can be written nobody else knows of them: it is tried again with the next change. */
  #note(db: Database): void {
    if (this.#notedIn === db) return;
    try {
      noteOpenFolders(db, this.#own, this.#now());
      this.#notedIn = db;
    } catch (error) {
      const fault = faultOf(error);
      if (fault !== 'busy' && fault !== 'full') throw error;
    }
  }
}
