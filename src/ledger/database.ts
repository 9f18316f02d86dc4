/**
 * One connection to a ledger file: statements prepared once, writes in transactions, and the pragmas that make
 * several processes on one file safe.
 *
 * Values are bound to plain `?` only: Node 22.15 takes a numbered `?1` for a name and binds nothing to it.
 */

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import { migrations } from './schema.ts';

/** A newer version of the extension has changed the tables: this one keeps its hands off. */
export class NewerLedgerError extends Error {
  override readonly name = 'NewerLedgerError';
}

/** An older version of the extension made the tables, and whoever opened the ledger was not to change them. */
export class OlderLedgerError extends Error {
  override readonly name = 'OlderLedgerError';
}

export interface Opening {
  /** How long to wait for another connection's lock, in milliseconds. */
  readonly waitMs?: number;
  /** Whether older tables are brought up to date; `true` by default. */
  readonly migrates?: boolean;
}

export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isOpen = true;
  #commits: number;

  /**
   * Opens or creates the ledger at `path` and brings its tables up to date.
   *
   * @throws NewerLedgerError, OlderLedgerError or what SQLite throws, with nothing left open
   */
  constructor(sqlite: Sqlite, path: string, { waitMs = 5_000, migrates = true }: Opening = {}) {
    this.#connection = new sqlite.DatabaseSync(path);
    try {
      this.#connection.exec(`PRAGMA busy_timeout = ${waitMs}; ${pragmas}`);
      if (migrates) this.#migrate();
      else this.#refuseOther();
      this.#commits = this.#foreignCommits();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#isOpen = false;
    this.#statements.clear();
    this.#connection.close();
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** Rows one at a time. Nothing may be written before the iteration ends. */
  iterate<Row>(sql: string, ...values: SQLInputValue[]): NodeJS.Iterator<Row> {
    return this.#prepare(sql).iterate(...values) as NodeJS.Iterator<Row>;
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** As {@link run}, for an insert: returns the id of the new row. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  /**
   * Runs `work` in a transaction that excludes other writers from its beginning. All of it is stored or nothing.
   *
   * @throws NewerLedgerError when another process has migrated the file since it was opened
   */
  write<Result>(work: () => Result): Result {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      this.#refuseNewer();
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Lets the write-ahead log grow for as long as much is written, so that who writes need not wait for the disk. */
  async writeMuch<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#connection.exec(`PRAGMA wal_autocheckpoint = ${longWalPages}`);
    try {
      return await work();
    } finally {
      if (this.#isOpen) this.#connection.exec(`PRAGMA wal_autocheckpoint = ${walPages}`);
    }
  }

  /** Brings the write-ahead log over into the file, as far as nobody reads it, so that who writes next need not. */
  checkpoint(): void {
    this.#connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Whether another connection has committed since this was asked last, or since the file was opened. For one asker. */
  noticeForeignCommits(): boolean {
    const known = this.#commits;
    this.#commits = this.#foreignCommits();
    return this.#commits !== known;
  }

  /** Changes whenever another connection has committed, and never by what this one writes. */
  #foreignCommits(): number {
    return this.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #version(): number {
    return this.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  }

  #refuseNewer(): void {
    if (this.#version() > migrations.length) throw new NewerLedgerError('the ledger has newer tables');
  }

  #refuseOther(): void {
    this.#refuseNewer();
    if (this.#version() < migrations.length) throw new OlderLedgerError('the ledger has older tables');
  }

  /** Takes the write lock even when nothing is to be done: a file that cannot be written must fail now, not later. */
  #migrate(): void {
    this.#refuseNewer();
    try {
      this.write(() => {
        const steps = migrations.slice(this.#version());
        for (const step of steps) this.#connection.exec(step);
        if (steps.length > 0) this.#connection.exec(`PRAGMA user_version = ${migrations.length}`);
      });
    } catch (error) {
      if (faultOf(error) !== 'busy' || this.#version() !== migrations.length) throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does when a disk is full. What led here is thrown by the caller.
    }
  }
}

/** How large the write-ahead log may become: a writer waits for the disk each time that it is brought over. */
const walPages = 2_000;
/** While much is written: it is brought over a moment later, see `checkpoint`. */
const longWalPages = 16_000;
const pageBytes = 4_096;

/**
 * `busy_timeout` is set by pragma because the constructor's option is newer than Node 22.15. With a write-ahead log,
 * `synchronous = NORMAL` can lose the last commits to a power cut but never tear one; the logs still hold them.
 * A file that is made takes this log on before there is anything to lose: nobody need wait for the disk.
 */
const pragmas = `
  PRAGMA synchronous = OFF;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = ${walPages};
  PRAGMA journal_size_limit = ${walPages * pageBytes};
  PRAGMA temp_store = MEMORY;
`;
