/** A database as a reader sees it, in memory. */

import type { DatabaseSync } from 'node:sqlite';
import type { LogDatabase } from '../../src/agents/reader.ts';

export function toLogDatabase(database: DatabaseSync): LogDatabase {
  const rows: LogDatabase['rows'] = (sql, ...values) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all(...values).map(withNumbers);
  };
  return {
    rows,
    columns: (table) =>
      new Set(rows('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => String(name))),
  };
}

function withNumbers(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(row);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}
