/** The door to databases of other programs: read only, and whatever goes wrong in one is told apart from faults of ours. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sqlite } from './sqlite.ts';

/** A database of another program could not be asked: locked, damaged, or not what it was. */
export class LogDatabaseError extends Error {
  override readonly name = 'LogDatabaseError';
}

type Value = string | number | null;
type Row = Readonly<Record<string, unknown>>;

/** The other program writes in transactions of milliseconds; without a write-ahead log it locks readers out meanwhile. */
const busyTimeoutMs = 1_000;

/** Whatever the file says of itself runs no function that can do anything. */
const pragmas = `
  PRAGMA busy_timeout = ${busyTimeoutMs};
  PRAGMA query_only = 1;
  PRAGMA trusted_schema = 0;
`;

export class OpenLogDatabase {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws LogDatabaseError */
  constructor(sqlite: Sqlite, path: string) {
    this.#connection = told(() => new sqlite.DatabaseSync(path, { readOnly: true }));
    try {
      told(() => this.#connection.exec(pragmas));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * The columns of a table, none where there is no such table.
   *
   * @throws LogDatabaseError
   */
  columns(table: string): ReadonlySet<string> {
    return new Set(this.rows('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => String(name)));
  }

  /**
   * The rows that a question gives.
   *
   * @throws LogDatabaseError
   */
  rows(sql: string, ...values: readonly Value[]): readonly Row[] {
    return told(() => (this.#prepare(sql).all(...values) as Row[]).map(withNumbers));
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    // A number that JavaScript cannot hold would cost the whole row.
    statement.setReadBigInts(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function withNumbers(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}

function told<Result>(ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    throw new LogDatabaseError(error instanceof Error ? error.message : String(error));
  }
}
