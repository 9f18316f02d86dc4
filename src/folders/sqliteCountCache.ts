/**
 * A cache of counts in an SQLite file that all windows may use at once. It holds digests and numbers, neither texts nor
 * paths.
 */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Count } from '../estimator/encoding.ts';
import { faultOf, type Sqlite } from '../storage/sqlite.ts';
import type { CountCache } from './countCache.ts';
import { CountTables } from './countTables.ts';
import type { Stamp } from './disk.ts';

/** Another number for other tables, or when counts turn out to be wrong: a cache is not migrated. */
const fileName = 'folder-counts-1.db';

/** What was changed so shortly before it was read may change once more without another stamp. */
const settledAfterMs = 2_000;

const msPerDay = 86_400_000;
const nsPerMs = 1_000_000n;

/** Writes are made so many at a time. */
const batch = 2_000;

export interface CacheLimits {
  /** What was not asked for in so many days is forgotten. */
  readonly days: number;
  /** Of files and of contents each. */
  readonly rows: number;
}

const usualLimits: CacheLimits = { days: 60, rows: 300_000 };

export class SqliteCountCache implements CountCache {
  readonly #sqlite: Sqlite;
  readonly #folder: string;
  readonly #now: () => number;
  readonly #limits: CacheLimits;
  #tables: CountTables | undefined;
  #problem: string | null = null;
  #wasRebuilt = false;

  /** @param folder made where it is missing */
  constructor(sqlite: Sqlite, folder: string, now: () => number, limits = usualLimits) {
    this.#sqlite = sqlite;
    this.#folder = folder;
    this.#now = now;
    this.#limits = limits;
    this.#open();
  }

  get problem(): string | null {
    return this.#problem;
  }

  ofFile(path: string, stamp: Stamp, encodingKey: string): Count | 'binary' | undefined {
    return this.#attempt((tables) => tables.findFile(path, stamp, encodingKey, this.#today()));
  }

  ofContent(digest: Uint8Array, encodingKey: string): Count | undefined {
    return this.#attempt((tables) => tables.findCount(digest, encodingKey, this.#today()));
  }

  keepFile(path: string, stamp: Stamp, digest: Uint8Array | null): void {
    const ageMs = this.#now() - Number(stamp.changedNs / nsPerMs);
    if (ageMs < settledAfterMs) return;
    this.#attempt((tables) => tables.addFile(path, stamp, digest, this.#today()));
    this.#flush(batch);
  }

  keepCount(digest: Uint8Array, encodingKey: string, count: Count): void {
    this.#attempt((tables) => tables.addCount(digest, encodingKey, count, this.#today()));
    this.#flush(batch);
  }

  settle(): void {
    this.#flush(1);
    this.#attempt((tables) => tables.prune(this.#today() - this.#limits.days, this.#limits.rows));
  }

  close(): void {
    this.#flush(1);
    this.#tables?.close();
    this.#tables = undefined;
  }

  #flush(atLeast: number): void {
    if (this.#tables !== undefined && this.#tables.pending >= atLeast) {
      this.#attempt((tables) => tables.write());
    }
  }

  #today(): number {
    return Math.floor(this.#now() / msPerDay);
  }

  #open(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      this.#tables = new CountTables(this.#sqlite, join(this.#folder, fileName));
    } catch (error) {
      this.#recover(error);
    }
  }

  #attempt<Result>(work: (tables: CountTables) => Result): Result | undefined {
    if (this.#tables === undefined) return undefined;
    try {
      return work(this.#tables);
    } catch (error) {
      this.#recover(error);
      return undefined;
    }
  }

  /** A busy file is written to another time; a damaged one is made anew, once. */
  #recover(error: unknown): void {
    const fault = faultOf(error);
    if (fault === 'busy' && this.#tables !== undefined) return;
    this.#tables?.close();
    this.#tables = undefined;
    if (fault === 'damaged' && !this.#wasRebuilt) this.#rebuild();
    else this.#problem = error instanceof Error ? error.message : String(error);
  }

  #rebuild(): void {
    this.#wasRebuilt = true;
    try {
      for (const suffix of ['', '-wal', '-shm']) {
        rmSync(join(this.#folder, fileName + suffix), { force: true });
      }
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      return;
    }
    this.#open();
  }
}
