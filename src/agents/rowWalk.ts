/**
 * Walks a table of another program's database from where it was left, at the cost of what is new in it.
 *
 * SQLite gives a new row the number after the largest in the table. So the rows that came after one which still is
 * what it was have larger numbers than it, whatever was deleted or renumbered meanwhile. Some rows of the way are
 * remembered by number and id, and the walk goes on from the last that is still there.
 */

import type { LogDatabase } from './reader.ts';

/** A table with a text of its own for each row. */
export interface WalkedTable {
  readonly name: string;
  readonly idColumn: string;
  /** What else is wanted of a row, as SQL, by the names that it is given under. */
  readonly wanted: Readonly<Record<string, string>>;
  /** When a row was last written, in milliseconds; absent where the table does not tell. */
  readonly updatedColumn?: string;
}

/** A row by the names of `wanted`. */
export interface WalkedRow {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The row has been met before, and may have been written since. */
  readonly isAgain: boolean;
}

/** Where the walk is, fit for JSON. */
export interface WalkMemory {
  /** Rows passed on the way, the last one last: number and id. */
  readonly marks: readonly (readonly [number: number, id: string])[];
  /** Rows before the last mark that are still being written, by number. */
  readonly unfinished: readonly number[];
  /** The latest time of writing that was met. */
  readonly updatedMs: number;
}

export const atStart: WalkMemory = { marks: [], unfinished: [], updatedMs: 0 };

/** Rows in a slice. */
const sliceRows = 128;
/** Rows before the last mark that are looked at again on each change: agents write into their last rows in place. */
const tailRows = 32;
/** Rows that may be unfinished at a time. What a crash left unfinished must not add up. */
const mostUnfinished = 64;
/** Transactions may end in another order than their times were taken. */
const slackMs = 10_000;

export class RowWalk {
  readonly #database: LogDatabase;
  readonly #table: WalkedTable;
  readonly #saved: WalkMemory;
  #marks: readonly (readonly [number, string])[];
  readonly #unfinished: Set<number>;
  #updatedMs: number;
  #isResumed = false;

  constructor(database: LogDatabase, table: WalkedTable, saved: WalkMemory = atStart) {
    this.#database = database;
    this.#table = table;
    this.#saved = saved;
    this.#marks = standing(database, table, saved.marks);
    const last = this.#marks.at(-1)?.[0] ?? 0;
    this.#unfinished = new Set(saved.unfinished.filter((number) => number <= last));
    this.#updatedMs = saved.updatedMs;
  }

  /** The next rows, in the order of their numbers; none when the end is reached. First those that may have changed. */
  next(): readonly WalkedRow[] {
    const rows = this.#isResumed ? [] : this.#resume();
    this.#isResumed = true;
    return rows.length > 0 ? rows : this.#goOn();
  }

  /** Says of a row that it is still being written, or that it is done. */
  setFinished(row: WalkedRow, isFinished: boolean): void {
    const number = Number(row.values.row_number);
    if (isFinished) this.#unfinished.delete(number);
    else this.#unfinished.add(number);
  }

  save(): WalkMemory {
    return {
      marks: this.#marks,
      unfinished: [...this.#unfinished].sort((a, b) => a - b).slice(-mostUnfinished),
      updatedMs: this.#updatedMs,
    };
  }

  #resume(): readonly WalkedRow[] {
    const last = this.#marks.at(-1)?.[0];
    if (last === undefined) return [];
    const { updatedColumn } = this.#table;
    const hasChanged =
      updatedColumn === undefined
        ? 'true'
        : `${updatedColumn} >= ${Math.floor(this.#saved.updatedMs - slackMs)}`;
    const tail = this.#ask(`rowid > ? AND rowid <= ? AND ${hasChanged}`, last - tailRows, last);
    const older = this.#ask(
      `rowid IN (SELECT value FROM json_each(?)) AND rowid <= ? AND ${hasChanged}`,
      JSON.stringify([...this.#unfinished]),
      last - tailRows,
    );
    return this.#meet([...older, ...tail], true);
  }

  #goOn(): readonly WalkedRow[] {
    const rows = this.#meet(this.#ask('rowid > ?', this.#marks.at(-1)?.[0] ?? 0), false);
    const last = rows.at(-1);
    if (last !== undefined) {
      this.#marks = thinned([...this.#marks, [Number(last.values.row_number), last.id]]);
    }
    return rows;
  }

  #ask(
    condition: string,
    ...values: readonly (string | number)[]
  ): readonly Readonly<Record<string, unknown>>[] {
    return this.#database.rows(walkSql(this.#table, condition), ...values);
  }

  #meet(rows: readonly Readonly<Record<string, unknown>>[], isAgain: boolean): readonly WalkedRow[] {
    for (const { row_updated: updated } of rows) {
      if (typeof updated === 'number')
        this.#updatedMs = Math.max(this.#updatedMs, Math.min(updated, latestMs));
    }
    return rows.map((values) => ({ id: String(values.row_id), values, isAgain }));
  }
}

/** A clock that ran ahead once must not hide what is written after it. */
const latestMs = Date.UTC(2100, 0);

/** The question for rows of a table, in the order of their numbers. */
export function walkSql({ name, idColumn, wanted, updatedColumn }: WalkedTable, condition: string): string {
  const columns = {
    row_number: 'rowid',
    row_id: idColumn,
    ...(updatedColumn !== undefined && { row_updated: updatedColumn }),
    ...wanted,
  };
  const list = Object.entries(columns).map(([as, sql]) => `${sql} AS ${as}`);
  return `SELECT ${list.join(', ')} FROM ${name} WHERE ${condition} ORDER BY rowid LIMIT ${sliceRows}`;
}

/** The marks up to the last whose row is still the one that it was. */
function standing(
  database: LogDatabase,
  { name, idColumn }: WalkedTable,
  marks: WalkMemory['marks'],
): WalkMemory['marks'] {
  const isStanding = ([number, id]: readonly [number, string]) =>
    database.rows(`SELECT ${idColumn} AS id FROM ${name} WHERE rowid = ?`, number)[0]?.id === id;
  return marks.slice(0, marks.findLastIndex(isStanding) + 1);
}

/** Keeps few of the marks, the nearer to the last the closer together. */
function thinned(marks: WalkMemory['marks']): WalkMemory['marks'] {
  const [end = 0] = marks.at(-1) ?? [];
  const kept: (readonly [number, string])[] = [];
  for (const [index, mark] of marks.entries()) {
    const next = marks[index + 1];
    const before = kept.at(-1);
    // Without it the step from the mark before would be longer than half of what is left.
    if (before === undefined || next === undefined || 2 * (end - next[0]) < end - before[0]) kept.push(mark);
  }
  return kept;
}
