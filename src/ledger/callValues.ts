/** Rows of calls as values to be bound, see `receiptValues.ts`. */

import type { SQLInputValue } from 'node:sqlite';
import { callColumn, callColumnCount, callIdCount } from './callColumns.ts';
import type { CallRows } from './callRows.ts';
import type { Names } from './names.ts';
import { knownOf } from './rowTable.ts';

/** Of each row, in this order: two hashes, the tool, the hash of its input, the bytes of its result and whether it failed. */
const callValueCount = 6;

export class CallValues {
  readonly #rows: CallRows;
  readonly #names: Names;
  /** Ids of tools by the numbers of their names among the texts of the rows. */
  readonly #tools: (number | undefined)[] = [];
  /** Used again for each lot of a size. */
  readonly #lists = new Map<number, SQLInputValue[]>();

  constructor(rows: CallRows, names: Names) {
    this.#rows = rows;
    this.#names = names;
  }

  /** The values of so many rows, one row after the other, in a list that the next call of its kind overwrites. */
  of(first: number, count: number): readonly SQLInputValue[] {
    const values = this.#lists.get(count) ?? new Array<SQLInputValue>(count * callValueCount).fill(null);
    this.#lists.set(count, values);
    for (let index = 0; index < count; index++) this.#write(values, index * callValueCount, first + index);
    return values;
  }

  #write(values: SQLInputValue[], to: number, row: number): void {
    const { numbers, ids } = this.#rows;
    const at = row * callColumnCount;
    const id = row * callIdCount;
    const tool = knownOf(numbers[at + callColumn.tool]);
    values[to] = ids[id] ?? 0n;
    values[to + 1] = ids[id + 1] ?? 0n;
    values[to + 2] = tool === null ? null : this.#toolOf(tool);
    values[to + 3] = numbers[at + callColumn.hasInput] === 1 ? (ids[id + 2] ?? null) : null;
    values[to + 4] = knownOf(numbers[at + callColumn.resultBytes]);
    values[to + 5] = knownOf(numbers[at + callColumn.isFailed]);
  }

  #toolOf(number: number): number {
    this.#tools[number] ??= this.#names.idOf('tool', this.#rows.text(number));
    return this.#tools[number];
  }
}
