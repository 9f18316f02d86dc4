/** The tables of the cache of counts. What is added is written later, many rows in one transaction. */

import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Count } from '../estimator/encoding.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { type StatementName, schema, statements } from './countSchema.ts';
import type { Stamp } from './disk.ts';

/** Rows are marked as used at most so often, which saves nearly all of these writes. */
const markEveryDays = 7;

interface CountRow {
  readonly tokens: number;
  readonly isExact: number;
  readonly day: number;
}

type FileRow = { readonly isBinary: number; readonly digest: Uint8Array | null; readonly day: number } & (
  | Omit<CountRow, 'day'>
  | { readonly tokens: null; readonly isExact: null }
);

/** Every method throws what SQLite throws. */
export class CountTables {
  readonly #connection: DatabaseSync;
  readonly #prepared = new Map<StatementName, StatementSync>();
  #pending: (readonly [StatementName, readonly SQLInputValue[]])[] = [];

  /** Leaves nothing open when it throws. */
  constructor(sqlite: Sqlite, path: string) {
    this.#connection = new sqlite.DatabaseSync(path);
    try {
      this.#connection.exec(schema);
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  /** Writes that wait. */
  get pending(): number {
    return this.#pending.length;
  }

  findFile(path: string, stamp: Stamp, encodingKey: string, today: number): Count | 'binary' | undefined {
    const name = nameOf(path);
    const row = this.#get<FileRow>('findFile', encodingKey, name, ...valuesOf(stamp));
    if (row === undefined || (row.isBinary === 0 && row.tokens === null)) return undefined;
    if (row.day <= today - markEveryDays) {
      this.#later('markFile', today, name);
      if (row.digest !== null) this.#later('markCount', today, row.digest, encodingKey);
    }
    return row.tokens === null ? 'binary' : toCount(row);
  }

  findCount(digest: Uint8Array, encodingKey: string, today: number): Count | undefined {
    const row = this.#get<CountRow>('findCount', digest, encodingKey);
    if (row === undefined) return undefined;
    if (row.day <= today - markEveryDays) this.#later('markCount', today, digest, encodingKey);
    return toCount(row);
  }

  addFile(path: string, stamp: Stamp, digest: Uint8Array | null, today: number): void {
    this.#later('addFile', nameOf(path), ...valuesOf(stamp), digest, today);
  }

  addCount(digest: Uint8Array, encodingKey: string, { tokens, isExact }: Count, today: number): void {
    this.#later('addCount', digest, encodingKey, tokens, isExact ? 1 : 0, today);
  }

  /** Writes what waits. What cannot be written is forgotten. */
  write(): void {
    const pending = this.#pending;
    this.#pending = [];
    this.#transact(() => {
      for (const [name, values] of pending) this.#prepare(name).run(...values);
    });
  }

  /** Forgets what was last of use before `firstDay`, and the oldest of more than `rows` rows of a table. */
  prune(firstDay: number, rows: number): void {
    this.#transact(() => {
      this.#prepare('pruneFiles').run(firstDay);
      this.#prepare('pruneCounts').run(firstDay);
      this.#prepare('limitFiles').run(rows);
      this.#prepare('limitCounts').run(rows);
    });
  }

  close(): void {
    this.#prepared.clear();
    this.#connection.close();
  }

  #later(name: StatementName, ...values: SQLInputValue[]): void {
    this.#pending.push([name, values]);
  }

  #get<Row>(name: StatementName, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(name).get(...values) as Row | undefined;
  }

  #transact(work: () => void): void {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#connection.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself. What led here is thrown by the caller.
    }
  }

  #prepare(name: StatementName): StatementSync {
    const prepared = this.#prepared.get(name) ?? this.#connection.prepare(statements[name]);
    this.#prepared.set(name, prepared);
    return prepared;
  }
}

function nameOf(path: string): Uint8Array {
  return hash('sha1', path, 'buffer');
}

function valuesOf({ size, modifiedNs, changedNs }: Stamp): readonly [number, bigint, bigint] {
  return [size, modifiedNs, changedNs];
}

function toCount({ tokens, isExact }: { readonly tokens: number; readonly isExact: number }): Count {
  return { tokens, isExact: isExact === 1 };
}
