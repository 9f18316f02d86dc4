/** A database as a reader sees it, in memory. */

import type { DatabaseSync } from 'node:sqlite';
import type { LogDatabase } from '../../src/agents/reader.ts';

export function toLogDatabase(database: DatabaseSync): LogDatabase {
  const rows: LogDatabase['rows'] = (sql, ...values) => database.prepare(sql).all(...values);
  return {
    rows,
    columns: (table) =>
      new Set(rows('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => String(name))),
  };
}
