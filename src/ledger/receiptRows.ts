/**
 * Receipts as rows of numbers: what a batch holds of them. An object for each would have to be made, kept, looked after by
 * the engine and copied between threads, which takes longer than reading it from its log.
 */

import type { NumberRows, ReplyRun, SharedColumns } from '../agents/replyRun.ts';
import type { AgentId } from '../domain/agent.ts';
import { type Pico, pico } from '../domain/money.ts';
import type { BillingTerms, Circumstances, Claim, Dropped } from '../domain/receipt.ts';
import type { HashedId } from './identity.ts';
import { type Credit, circumstancesText, claims, qualities, type Reading, termsText } from './merge.ts';
import { column, columnCount, idCount, noColumns, noCost, type ReceiptColumns } from './receiptColumns.ts';
import { plainReading, RowReading } from './rowReading.ts';
import { RowTable } from './rowTable.ts';
import { toStorable } from './storedCost.ts';

export interface ReceiptDraft {
  readonly agent: AgentId;
  readonly id: HashedId;
  readonly reading: Reading;
  readonly credit: Credit;
  /** Of a sum that counts less what has been counted one by one, as stated with the reading. */
  readonly dropped?: Dropped | undefined;
}

/** By which reader, and how old the log. */
export interface RowOrigin {
  readonly reader: number;
  readonly bornMs: number;
}

type SharedReceipt = Pick<SharedColumns, 'receipt' | 'circumstanceNumber'>;

export class ReceiptRows {
  readonly #table: RowTable;
  readonly #dropped: Map<number, Dropped>;
  readonly #terms: (BillingTerms | undefined)[] = [];
  readonly #circumstances: (Circumstances | undefined)[] = [];
  /** Of many readings in a row they are the same objects. */
  #lastTerms: readonly [BillingTerms, number] | undefined;
  #lastCircumstances: readonly [Circumstances, number] | undefined;
  readonly #runCircumstances = new WeakMap<Circumstances, number>();

  constructor(columns: ReceiptColumns = noColumns) {
    this.#table = new RowTable({ numbers: columnCount, ids: idCount }, columns);
    this.#dropped = new Map(columns.dropped);
  }

  get length(): number {
    return this.#table.length;
  }

  /** All columns, row after row. Another list once rows were added. */
  get numbers(): Float64Array {
    return this.#table.numbers;
  }

  /** As {@link numbers}: the hashes of the response and the request, and the cost as the agent recorded it. */
  get ids(): BigInt64Array {
    return this.#table.ids;
  }

  columns(): ReceiptColumns {
    return { ...this.#table.columns(), dropped: this.#dropped };
  }

  /** Returns the number of the row. */
  add({ agent, id, reading, credit, dropped }: ReceiptDraft): number {
    const row = this.#table.addRow();
    const { ids } = this.#table;
    ids[row * idCount] = id.response;
    ids[row * idCount + 1] = id.request;
    this.setReading(row, reading, dropped);
    this.setCredit(row, agent, credit);
    return row;
  }

  /** Adds rows of a run. Returns the number of the first. */
  append(rows: NumberRows): number {
    return this.#table.append(rows);
  }

  /** As {@link RowTable.settleFrom}. */
  settleFrom(first: number, merge: (row: number, known: number) => void): void {
    this.#table.settleFrom(first, (row, known) => {
      merge(row, known);
      if (this.#dropped.size > 0) this.#dropped.delete(row);
    });
  }

  /** Has a row read as another one does. */
  copyReading(row: number, to: number): void {
    const { numbers, ids } = this.#table;
    const from = row * columnCount;
    numbers.copyWithin(to * columnCount + column.reader, from + column.reader, from + columnCount);
    ids[to * idCount + 2] = ids[row * idCount + 2] ?? noCost;
    const dropped = this.#dropped.get(row);
    if (dropped !== undefined) this.setDropped(to, dropped);
    else if (this.#dropped.size > 0) this.#dropped.delete(to);
  }

  /** Credits a row as another one is. */
  copyCredit(row: number, to: number): void {
    const from = row * columnCount;
    this.#table.numbers.copyWithin(to * columnCount, from, from + column.reader);
  }

  setReading(row: number, reading: Reading, dropped: Dropped | undefined): void {
    const { numbers, ids, texts } = this.#table;
    const at = row * columnCount;
    const { tokens, circumstances } = reading;
    ids[row * idCount + 2] = toStorable(reading.reportedCost) ?? noCost;
    numbers[at + column.reader] = reading.reader;
    numbers[at + column.atMs] = reading.atMs;
    numbers[at + column.model] = texts.numberOf(reading.model);
    numbers[at + column.uncachedInput] = tokens.uncachedInput ?? Number.NaN;
    numbers[at + column.cacheRead] = tokens.cacheRead ?? Number.NaN;
    numbers[at + column.cacheWrite5m] = tokens.cacheWrite5m ?? Number.NaN;
    numbers[at + column.cacheWrite1h] = tokens.cacheWrite1h ?? Number.NaN;
    numbers[at + column.cacheWriteUnknown] = tokens.cacheWriteUnknown ?? Number.NaN;
    numbers[at + column.output] = tokens.output ?? Number.NaN;
    numbers[at + column.reasoning] = tokens.reasoning ?? Number.NaN;
    numbers[at + column.webSearches] = reading.webSearches;
    numbers[at + column.terms] = this.#termsNumber(reading.terms);
    numbers[at + column.circumstance] = this.#circumstanceNumber(circumstances);
    numbers[at + column.durationMs] = circumstances.durationMs ?? Number.NaN;
    numbers[at + column.turn] = circumstances.turn ?? Number.NaN;
    numbers[at + column.contextTokens] = circumstances.contextTokens ?? Number.NaN;
    numbers[at + column.turnStartedMs] = circumstances.turnStartedMs ?? Number.NaN;
    numbers[at + column.quality] = qualities.indexOf(reading.quality);
    if (dropped !== undefined) this.setDropped(row, dropped);
    else if (this.#dropped.size > 0) this.#dropped.delete(row);
  }

  setDropped(row: number, dropped: Dropped): void {
    this.#dropped.set(row, dropped);
  }

  dropped(row: number): Dropped | undefined {
    return this.#dropped.get(row);
  }

  setCredit(row: number, agent: AgentId, { sessionKey, claim, bornMs }: Credit): void {
    const { numbers, texts } = this.#table;
    const at = row * columnCount;
    numbers[at + column.session] = texts.numberOf(`${agent}\0${sessionKey}`);
    numbers[at + column.claim] = claims.indexOf(claim);
    numbers[at + column.bornMs] = bornMs;
  }

  /** What rows of a run have in common. */
  sharedBy(
    { agent, sessionKey, claim, model, terms }: ReplyRun,
    { reader, bornMs }: RowOrigin,
  ): SharedReceipt {
    const { texts } = this.#table;
    const receipt = new Float64Array(columnCount).fill(Number.NaN);
    receipt[column.session] = texts.numberOf(`${agent}\0${sessionKey}`);
    receipt[column.claim] = claims.indexOf(claim);
    receipt[column.bornMs] = bornMs;
    receipt[column.reader] = reader;
    receipt[column.model] = texts.numberOf(model);
    receipt[column.terms] = this.#termsNumber(terms);
    return { receipt, circumstanceNumber: this.#runCircumstanceNumber };
  }

  /** In runs the same objects come again and again. */
  readonly #runCircumstanceNumber = (circumstances: Circumstances): number => {
    const known = this.#runCircumstances.get(circumstances);
    if (known !== undefined) return known;
    const number = this.#circumstanceNumber(circumstances);
    this.#runCircumstances.set(circumstances, number);
    return number;
  };

  /** What stands in a row and a column; `null` where nothing is known. */
  number(row: number, of: number): number | null {
    return this.#table.number(row * columnCount + of);
  }

  /** The text that the number in a column stands for. */
  text(row: number, of: number): string {
    return this.#table.texts.textOf(this.#numberAt(row, of));
  }

  response(row: number): bigint {
    return this.#table.ids[row * idCount] ?? 0n;
  }

  request(row: number): bigint {
    return this.#table.ids[row * idCount + 1] ?? 0n;
  }

  atMs(row: number): number {
    return this.#numberAt(row, column.atMs);
  }

  reportedCost(row: number): Pico | null {
    const cost = this.#table.ids[row * idCount + 2] ?? noCost;
    return cost === noCost ? null : pico(cost);
  }

  /** Whether a row is the sum of what was dropped. */
  isSum(row: number): boolean {
    return this.#dropped.size > 0 && this.#dropped.has(row);
  }

  get sums(): ReceiptDraft[] {
    return [...this.#dropped.keys()].sort((a, b) => a - b).map((row) => this.draft(row));
  }

  agent(row: number): AgentId {
    const text = this.text(row, column.session);
    return text.slice(0, text.indexOf('\0')) as AgentId;
  }

  sessionKey(row: number): string {
    const text = this.text(row, column.session);
    return text.slice(text.indexOf('\0') + 1);
  }

  draft(row: number): ReceiptDraft {
    const id = { response: this.response(row), request: this.request(row) };
    const dropped = this.#dropped.get(row);
    const reading = plainReading(this.reading(row));
    return { agent: this.agent(row), id, reading, credit: this.credit(row), dropped };
  }

  claim(row: number): Claim {
    return claims[this.#numberAt(row, column.claim)] ?? 'copied';
  }

  credit(row: number): Credit {
    const bornMs = this.#numberAt(row, column.bornMs);
    return { sessionKey: this.sessionKey(row), claim: this.claim(row), bornMs };
  }

  /** As the row has it while it is looked at. */
  reading(row: number): Reading {
    return new RowReading(this, row);
  }

  terms(row: number): BillingTerms {
    const number = this.number(row, column.terms);
    if (number === null) return noTerms;
    this.#terms[number] ??= JSON.parse(this.#table.texts.textOf(number)) as BillingTerms;
    return this.#terms[number];
  }

  /** What surrounded the receipt, as far as it is no number. */
  circumstance(row: number): Circumstances {
    const number = this.number(row, column.circumstance);
    if (number === null) return noCircumstances;
    this.#circumstances[number] ??= JSON.parse(this.#table.texts.textOf(number)) as Circumstances;
    return this.#circumstances[number];
  }

  #numberAt(row: number, of: number): number {
    return this.#table.numbers[row * columnCount + of] ?? Number.NaN;
  }

  #termsNumber(terms: BillingTerms): number {
    if (this.#lastTerms?.[0] === terms) return this.#lastTerms[1];
    const text = termsText(terms);
    const number = text === null ? Number.NaN : this.#table.texts.numberOf(text);
    this.#lastTerms = [terms, number];
    return number;
  }

  #circumstanceNumber(circumstances: Circumstances): number {
    if (this.#lastCircumstances?.[0] === circumstances) return this.#lastCircumstances[1];
    const text = circumstancesText(circumstances);
    const number = text === null ? Number.NaN : this.#table.texts.numberOf(text);
    this.#lastCircumstances = [circumstances, number];
    return number;
  }
}

const noTerms: BillingTerms = {};
const noCircumstances: Circumstances = {};
