/**
 * Receipts as rows of numbers: what a batch holds of them. An object for each would have to be made, kept, looked after by
 * the engine and copied between threads, which takes longer than reading it from its log.
 */

import type { AgentId } from '../domain/agent.ts';
import { type Pico, pico } from '../domain/money.ts';
import type { BillingTerms, Circumstances, Dropped, Receipt } from '../domain/receipt.ts';
import type { TokenCounts } from '../domain/tokens.ts';
import type { Billable } from '../pricing/price.ts';
import type { HashedId } from './identity.ts';
import { type Credit, circumstancesText, claims, qualities, type Reading, termsText } from './merge.ts';
import { Texts } from './texts.ts';

export interface ReceiptDraft {
  readonly agent: AgentId;
  readonly id: HashedId;
  readonly reading: Reading;
  readonly credit: Credit;
  /** Of a sum that counts less what has been counted one by one, as stated with the reading. */
  readonly dropped?: Dropped | undefined;
}

/** Columns of a row, in the order of the ledger's own. What is a text is its number among the texts. */
export const column = {
  session: 0,
  claim: 1,
  bornMs: 2,
  reader: 3,
  atMs: 4,
  model: 5,
  uncachedInput: 6,
  cacheRead: 7,
  cacheWrite5m: 8,
  cacheWrite1h: 9,
  cacheWriteUnknown: 10,
  output: 11,
  reasoning: 12,
  webSearches: 13,
  terms: 14,
  circumstance: 15,
  durationMs: 16,
  turn: 17,
  contextTokens: 18,
  turnStartedMs: 19,
  quality: 20,
} as const;

export const columnCount = 21;

/** Rows as plain data. */
export interface ReceiptColumns {
  readonly length: number;
  /** Row after row; `NaN` where nothing is known. */
  readonly numbers: Float64Array;
  /** Of each row the hashes of its response and request, and the cost as the agent recorded it. */
  readonly ids: BigInt64Array;
  readonly texts: readonly string[];
  readonly dropped: ReadonlyMap<number, Dropped>;
}

const idCount = 3;
/** In place of a cost that the agent did not record. */
const noCost = -(2n ** 63n);

export class ReceiptRows {
  #length: number;
  #numbers: Float64Array;
  #ids: BigInt64Array;
  readonly #texts: Texts;
  readonly #dropped: Map<number, Dropped>;
  readonly #terms: (BillingTerms | undefined)[] = [];
  readonly #circumstances: (Circumstances | undefined)[] = [];
  /** Of many readings in a row they are the same objects. */
  #lastTerms: readonly [BillingTerms, number] | undefined;
  #lastCircumstances: readonly [Circumstances, number] | undefined;

  constructor(columns: ReceiptColumns = noColumns) {
    this.#length = columns.length;
    this.#numbers = columns.numbers;
    this.#ids = columns.ids;
    this.#texts = new Texts(columns.texts);
    this.#dropped = new Map(columns.dropped);
  }

  get length(): number {
    return this.#length;
  }

  columns(): ReceiptColumns {
    return {
      length: this.#length,
      numbers: this.#numbers.slice(0, this.#length * columnCount),
      ids: this.#ids.slice(0, this.#length * idCount),
      texts: this.#texts.all,
      dropped: this.#dropped,
    };
  }

  /** Returns the number of the row. */
  add({ agent, id, reading, credit, dropped }: ReceiptDraft): number {
    const row = this.#length++;
    this.#makeRoom();
    this.#ids[row * idCount] = id.response;
    this.#ids[row * idCount + 1] = id.request;
    this.setReading(row, reading, dropped);
    this.setCredit(row, agent, credit);
    return row;
  }

  setReading(row: number, reading: Reading, dropped: Dropped | undefined): void {
    const numbers = this.#numbers;
    const at = row * columnCount;
    const { tokens, circumstances } = reading;
    this.#ids[row * idCount + 2] = reading.reportedCost ?? noCost;
    numbers[at + column.reader] = reading.reader;
    numbers[at + column.atMs] = reading.atMs;
    numbers[at + column.model] = this.#texts.numberOf(reading.model);
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
    if (dropped !== undefined) this.#dropped.set(row, dropped);
    else if (this.#dropped.size > 0) this.#dropped.delete(row);
  }

  setCredit(row: number, agent: AgentId, { sessionKey, claim, bornMs }: Credit): void {
    const at = row * columnCount;
    this.#numbers[at + column.session] = this.#texts.numberOf(`${agent}\0${sessionKey}`);
    this.#numbers[at + column.claim] = claims.indexOf(claim);
    this.#numbers[at + column.bornMs] = bornMs;
  }

  /** What stands in a row and a column; `null` where nothing is known. */
  number(row: number, of: number): number | null {
    const number = this.#numberAt(row, of);
    return Number.isNaN(number) ? null : number;
  }

  /** The text that the number in a column stands for. */
  text(row: number, of: number): string {
    return this.#texts.textOf(this.#numberAt(row, of));
  }

  response(row: number): bigint {
    return this.#ids[row * idCount] ?? 0n;
  }

  request(row: number): bigint {
    return this.#ids[row * idCount + 1] ?? 0n;
  }

  reportedCost(row: number): Pico | null {
    const cost = this.#ids[row * idCount + 2] ?? noCost;
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
    const [agent, reading, credit] = [this.agent(row), this.reading(row), this.credit(row)];
    return { agent, id, reading, credit, dropped };
  }

  credit(row: number): Credit {
    const bornMs = this.#numberAt(row, column.bornMs);
    return { sessionKey: this.sessionKey(row), claim: this.#claim(row), bornMs };
  }

  reading(row: number): Reading {
    return {
      reader: this.#numberAt(row, column.reader),
      claim: this.#claim(row),
      atMs: this.#numberAt(row, column.atMs),
      model: this.text(row, column.model),
      tokens: this.tokens(row),
      webSearches: this.#numberAt(row, column.webSearches),
      terms: this.terms(row),
      circumstances: this.#circumstancesOf(row),
      reportedCost: this.reportedCost(row),
      quality: qualities[this.#numberAt(row, column.quality)] ?? 'partial',
    };
  }

  /** What the price of a row depends on. */
  billable(row: number): Billable {
    return {
      model: this.text(row, column.model),
      atMs: this.#numberAt(row, column.atMs),
      tokens: this.tokens(row),
      webSearches: this.#numberAt(row, column.webSearches),
      terms: this.terms(row),
    };
  }

  tokens(row: number): TokenCounts {
    return {
      uncachedInput: this.number(row, column.uncachedInput),
      cacheRead: this.number(row, column.cacheRead),
      cacheWrite5m: this.number(row, column.cacheWrite5m),
      cacheWrite1h: this.number(row, column.cacheWrite1h),
      cacheWriteUnknown: this.number(row, column.cacheWriteUnknown),
      output: this.number(row, column.output),
      reasoning: this.number(row, column.reasoning),
    };
  }

  terms(row: number): BillingTerms {
    const number = this.number(row, column.terms);
    if (number === null) return noTerms;
    this.#terms[number] ??= JSON.parse(this.#texts.textOf(number)) as BillingTerms;
    return this.#terms[number];
  }

  #circumstancesOf(row: number): Circumstances {
    const number = this.number(row, column.circumstance);
    const [durationMs, turn] = [this.number(row, column.durationMs), this.number(row, column.turn)];
    const contextTokens = this.number(row, column.contextTokens);
    const turnStartedMs = this.number(row, column.turnStartedMs);
    return {
      ...(number !== null && this.#circumstance(number)),
      ...(durationMs !== null && { durationMs }),
      ...(turn !== null && { turn }),
      ...(contextTokens !== null && { contextTokens }),
      ...(turnStartedMs !== null && { turnStartedMs }),
    };
  }

  #circumstance(number: number): Circumstances {
    this.#circumstances[number] ??= JSON.parse(this.#texts.textOf(number)) as Circumstances;
    return this.#circumstances[number];
  }

  #claim(row: number): Receipt['claim'] {
    return claims[this.#numberAt(row, column.claim)] ?? 'copied';
  }

  #numberAt(row: number, of: number): number {
    return this.#numbers[row * columnCount + of] ?? Number.NaN;
  }

  #termsNumber(terms: BillingTerms): number {
    if (this.#lastTerms?.[0] === terms) return this.#lastTerms[1];
    const text = termsText(terms);
    const number = text === null ? Number.NaN : this.#texts.numberOf(text);
    this.#lastTerms = [terms, number];
    return number;
  }

  #circumstanceNumber(circumstances: Circumstances): number {
    if (this.#lastCircumstances?.[0] === circumstances) return this.#lastCircumstances[1];
    const text = circumstancesText(circumstances);
    const number = text === null ? Number.NaN : this.#texts.numberOf(text);
    this.#lastCircumstances = [circumstances, number];
    return number;
  }

  #makeRoom(): void {
    if (this.#length * columnCount <= this.#numbers.length) return;
    const rows = Math.max(leastRows, 2 * this.#length);
    this.#numbers = grown(this.#numbers, new Float64Array(rows * columnCount));
    this.#ids = grown(this.#ids, new BigInt64Array(rows * idCount));
  }
}

/** Room that is made at first. */
const leastRows = 256;

const noTerms: BillingTerms = {};

const noColumns: ReceiptColumns = {
  length: 0,
  numbers: new Float64Array(),
  ids: new BigInt64Array(),
  texts: [],
  dropped: new Map(),
};

function grown<Rows extends Float64Array | BigInt64Array>(from: Rows, to: Rows): Rows {
  (to as { set(values: Rows): void }).set(from);
  return to;
}
