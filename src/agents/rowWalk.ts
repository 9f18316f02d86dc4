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
  /** Rows that may be written again, by number, with when they were. */
  readonly watched: readonly (readonly [number: number, updated: Updated])[];
  /** Those of them that are still being written, by number. */
  readonly unfinished: readonly number[];
}

/** `null` where the table does not tell. */
type Updated = number | null;

type Row = Readonly<Record<string, unknown>>;

export const atStart: WalkMemory = { marks: [], watched: [], unfinished: [] };

/** Rows in a slice. What lies beside each may be hundreds of rows more. */
const sliceRows = 32;
/** Rows before the last mark that are looked at again on each change: agents write into their last rows in place. */
const tailRows = 32;
/** Rows that may be unfinished at a time. What a crash left unfinished must not add up. */
const mostUnfinished = 64;
const shortlyMs = 10_000;

export class RowWalk {
  readonly #database: LogDatabase;
  readonly #table: WalkedTable;
  #marks: WalkMemory['marks'];
  readonly #watched: Map<number, Updated>;
  readonly #unfinished: Set<number>;
  #isResumed = false;

  constructor(database: LogDatabase, table: WalkedTable, saved: WalkMemory = atStart) {
    this.#database = database;
    this.#table = table;
    this.#marks = standing(database, table, saved.marks);
    const last = this.#last;
    this.#watched = new Map(saved.watched.filter(([number]) => number <= last));
    this.#unfinished = new Set(saved.unfinished.filter((number) => number <= last));
  }

  /** The next rows, in the order of their numbers; none when the end is reached. First those that were written again. */
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
    this.#forget();
    return {
      marks: this.#marks,
      watched: [...this.#watched].sort(([a], [b]) => a - b),
      unfinished: ascending(this.#unfinished),
    };
  }

  get #last(): number {
    return this.#marks.at(-1)?.[0] ?? 0;
  }

  #resume(): readonly WalkedRow[] {
    const { name, updatedColumn = 'NULL' } = this.#table;
    const numbers = JSON.stringify([...this.#watched.keys()]);
    const sql = `SELECT rowid AS number, ${updatedColumn} AS updated FROM ${name} WHERE ${isListed}`;
    const newest = Math.max(...[...this.#watched.values()].map((updated) => updated ?? 0));
    const changed = this.#database
      .rows(sql, numbers)
      .map(({ number, updated }) => [Number(number), typeof updated === 'number' ? updated : null] as const)
      .filter(([number, updated]) => this.#mayHaveChanged(number, updated, newest))
      .map(([number]) => number);
    return changed.length === 0
      ? []
      : this.#meet(this.#ask(isListed, JSON.stringify(changed), changed.length), true);
  }

  /** What lies beside a row may be written shortly after it. */
  #mayHaveChanged(number: number, updated: Updated, newest: number): boolean {
    return updated === null || updated !== this.#watched.get(number) || updated >= newest - shortlyMs;
  }

  #goOn(): readonly WalkedRow[] {
    this.#forget();
    const rows = this.#meet(this.#ask('rowid > ?', this.#last), false);
    const last = rows.at(-1);
    if (last !== undefined) {
      this.#marks = thinned([...this.#marks, [Number(last.values.row_number), last.id]]);
    }
    return rows;
  }

  /** Leaves the last rows watched, and the last of those that are unfinished. */
  #forget(): void {
    for (const number of ascending(this.#unfinished).slice(0, -mostUnfinished))
      this.#unfinished.delete(number);
    for (const number of ascending(this.#watched.keys()).slice(0, -tailRows)) {
      if (!this.#unfinished.has(number)) this.#watched.delete(number);
    }
  }

  #ask(condition: string, value: string | number, limit = sliceRows): readonly Row[] {
    return this.#database.rows(walkSql(this.#table, condition, limit), value);
  }

  #meet(rows: readonly Row[], isAgain: boolean): readonly WalkedRow[] {
    for (const { row_number: number, row_updated: updated } of rows) {
      this.#watched.set(Number(number), typeof updated === 'number' ? updated : null);
    }
    return rows.map((values) => ({ id: String(values.row_id), values, isAgain }));
  }
}

function ascending(numbers: Iterable<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

export const isListed = 'rowid IN (SELECT value FROM json_each(?))';

/** The question for rows of a table, in the order of their numbers. */
export function walkSql(
  { name, idColumn, wanted, updatedColumn }: WalkedTable,
  condition: string,
  limit = sliceRows,
): string {
  const columns = {
    row_number: 'rowid',
    row_id: idColumn,
    ...(updatedColumn !== undefined && { row_updated: updatedColumn }),
    ...wanted,
  };
  const list = Object.entries(columns).map(([as, sql]) => `${sql} AS ${as}`);
  return `SELECT ${list.join(', ')} FROM ${name} WHERE ${condition} ORDER BY rowid LIMIT ${limit}`;
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
