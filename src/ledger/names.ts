/** Numbers for texts that repeat in millions of rows. Lives as long as one transaction. */

import type { Database } from './database.ts';

/** The tables of names, each with the column that holds the name. */
const columns = {
  model: 'name',
  terms: 'json',
  circumstance: 'json',
  catalogue: 'version',
  tool: 'name',
} as const;

export class Names {
  readonly #db: Database;
  readonly #ids: { readonly [Table in keyof typeof columns]: Map<string, number> } = {
    model: new Map(),
    terms: new Map(),
    circumstance: new Map(),
    catalogue: new Map(),
    tool: new Map(),
  };

  constructor(db: Database) {
    this.#db = db;
  }

  /** The id of a name in a table, which is made where there is none. */
  idOf(table: keyof typeof columns, name: string): number {
    const known = this.#ids[table].get(name);
    if (known !== undefined) return known;
    const column = columns[table];
    const row = this.#db.get<{ id: number }>(`SELECT id FROM ${table} WHERE ${column} = ?`, name);
    const id = row?.id ?? this.#db.insert(`INSERT INTO ${table} (${column}) VALUES (?)`, name);
    this.#ids[table].set(name, id);
    return id;
  }
}
