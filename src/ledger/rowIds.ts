/** The columns of rows of receipts as the ledger has them: with its ids in place of the numbers of texts. */

import type { SQLInputValue } from 'node:sqlite';
import type { Names } from './names.ts';
import { column, columnCount } from './receiptColumns.ts';
import type { ReceiptRows } from './receiptRows.ts';
import type { SessionStore } from './sessionStore.ts';

export class RowIds {
  readonly #rows: ReceiptRows;
  readonly #sessions: SessionStore;
  readonly #names: Names;
  /** Of each column of texts the ids that were asked for, by the numbers of the texts. */
  readonly #known: readonly (number | undefined)[][] = Array.from({ length: columnCount }, () => []);

  constructor(rows: ReceiptRows, sessions: SessionStore, names: Names) {
    this.#rows = rows;
    this.#sessions = sessions;
    this.#names = names;
  }

  /** All columns of a row, behind those that are there. */
  pushColumns(values: SQLInputValue[], row: number): void {
    for (let of = 0; of < columnCount; of++) {
      const number = this.#rows.number(row, of);
      values.push(number === null || !isText[of] ? number : this.#idOf(row, of, number));
    }
  }

  session(row: number): number {
    return this.#idOf(row, column.session, this.#rows.number(row, column.session) ?? 0);
  }

  #idOf(row: number, of: number, number: number): number {
    const known = this.#known[of] ?? [];
    known[number] ??= this.#askFor(row, of);
    return known[number];
  }

  #askFor(row: number, of: number): number {
    const rows = this.#rows;
    if (of === column.session) return this.#sessions.idOf(rows.agent(row), rows.sessionKey(row));
    const table = of === column.model ? 'model' : of === column.terms ? 'terms' : 'circumstance';
    return this.#names.idOf(table, rows.text(row, of));
  }
}

const texts: readonly number[] = [column.session, column.model, column.terms, column.circumstance];
const isText = Array.from({ length: columnCount }, (_, of) => texts.includes(of));
