/** Writes receipts, merging each with what the ledger holds of it. Lives as long as one transaction. */

import type { SQLInputValue } from 'node:sqlite';
import type { AgentId } from '../domain/agent.ts';
import type { Period } from '../domain/period.ts';
import { tokenClasses } from '../domain/tokens.ts';
import { type Billable, tierPromptTokens } from '../pricing/price.ts';
import type { Database } from './database.ts';
import type { Rest } from './droppedSums.ts';
import { hourOf, staleHours } from './hourly.ts';
import type { HashedId } from './identity.ts';
import { inLots } from './lots.ts';
import {
  betterCredit,
  betterKnown,
  betterOfTwoLogs,
  betterReading,
  type Credit,
  circumstancesText,
  claims,
  isReplay,
  isSameReading,
  qualities,
  type Reading,
  termsText,
} from './merge.ts';
import { Names } from './names.ts';
import type { Pricing } from './pricing.ts';
import {
  amountColumns,
  claimOf,
  creditColumns,
  promptColumns,
  readingColumns,
  type StoredReceipt,
  toCredit,
  toReading,
} from './receiptRow.ts';
import type { ReceiptDraft, ReceiptRows } from './receiptRows.ts';
import { ReceiptValues } from './receiptValues.ts';
import type { SessionStore } from './sessionStore.ts';
import { amountsOf, noteSpan, noteStated, receiptsAsStated, restate, statedReceipts } from './stated.ts';
import { storedCostOf, toStorable } from './storedCost.ts';
import { type Marked, markSuperseded } from './superseded.ts';
import { settleRequests } from './toldRequests.ts';

/** Receipts that are looked at together, for siblings of the same response. */
const mostChanged = 8192;

export class ReceiptStore {
  readonly #db: Database;
  readonly #sessions: SessionStore;
  readonly #pricing: Pricing;
  readonly #names: Names;
  /** Of the receipts that were there before. */
  readonly #lastId: number;
  #changed: bigint[] = [];
  /** Responses of known receipts that read otherwise now. */
  readonly #merged: bigint[] = [];
  readonly #touched = new Set<number>();
  #span: Period = { startMs: Infinity, endMs: -Infinity };

  constructor(db: Database, sessions: SessionStore, pricing: Pricing) {
    this.#db = db;
    this.#sessions = sessions;
    this.#pricing = pricing;
    this.#names = new Names(db);
    this.#lastId = db.get<{ id: number | null }>('SELECT max(id) AS id FROM receipt')?.id ?? 0;
  }

  /** @param row the number that the receipt had in another ledger, to keep it: the order of numbers ends budgets' periods */
  store(draft: ReceiptDraft, row: number | null = null): void {
    if (this.#insert(draft, row) || this.#merge(draft)) this.#noteChanged([draft.id.response]);
  }

  /** The sum of what a log has dropped. What of it counts is decided in the end, by `settleSums`. */
  storeSum(draft: ReceiptDraft): void {
    this.store(draft);
    const { dropped, id } = draft;
    const row = this.#db.get<StoredReceipt & { readonly id: number }>(selectReceipt, id.response, id.request);
    if (dropped === undefined || row === undefined || !isSameReading(toReading(row), draft.reading)) return;
    noteStated(this.#db, row.id);
    if (noteSpan(this.#db, draft, dropped)) this.#touch(draft.agent, toCredit(row));
  }

  /** Has a receipt count what is left of it, which is nothing where all of it is counted elsewhere. */
  readonly count = ({ id, reading, isNothing }: Rest): void => {
    noteStated(this.#db, id);
    this.#noteTime(reading.atMs);
    const values = [isNothing ? 1 : 0, ...amountsOf(reading)];
    this.#db.run(updateAmounts, ...values, ...this.#costOf(reading), id, ...values);
  };

  /** Many at once. Where one of them is known, each is merged: a receipt that is new is merged with itself. */
  storeRows(receipts: ReceiptRows): void {
    const values = new ReceiptValues(receipts, {
      sessions: this.#sessions,
      names: this.#names,
      pricing: this.#pricing,
    });
    const hours = new Set<number>();
    for (const { first, count } of inLots(receipts.length)) {
      const rows = Array.from({ length: count }, (_, index) => first + index);
      if (rows.some((row) => receipts.isSum(row))) {
        for (const row of rows) if (!receipts.isSum(row)) this.store(receipts.draft(row));
      } else if (this.#storeLot(receipts, rows, values)) {
        for (const row of rows) hours.add(hourOf(receipts.atMs(row)));
      }
    }
    staleHours(this.#db, hours);
    this.#markNew();
  }

  /** Returns whether any was new. */
  #storeLot(receipts: ReceiptRows, rows: readonly number[], values: ReceiptValues): boolean {
    const [first = 0] = rows;
    const { sql, values: bound } = values.of(first, rows.length);
    const inserted = this.#db.run(`INSERT INTO receipt ${sql} ${unlessKnown}`, ...bound);
    for (const row of rows) {
      this.#touched.add(values.session(row));
      this.#noteTime(receipts.atMs(row));
    }
    if (inserted === rows.length) return true;
    for (const row of rows) this.#merge(receipts.draft(row));
    this.#noteChanged(rows.map((row) => receipts.response(row)));
    return inserted > 0;
  }

  /** Decides of the responses of receipts that have come, if these have several, which are replays. */
  #markNew(): void {
    for (const { response } of this.#db.all<Repeated>(selectNewRepeated, this.#lastId)) {
      this.#markReplays(BigInt(response));
    }
  }

  #noteChanged(responses: readonly bigint[]): void {
    this.#changed.push(...responses);
    if (this.#changed.length >= mostChanged) this.finish();
  }

  /** Has requests that telemetry tells of count what other receipts leave of them. To be called when all are stored. */
  settleRequests(): void {
    for (const session of settleRequests(this.#db, this.#lastId, this.#merged, this.count)) {
      this.#touched.add(session);
    }
  }

  /** Decides anew, for the responses whose receipts changed, which of these are replays. To be called in the end. */
  finish(): void {
    if (this.#changed.length === 0) return;
    const repeated = this.#db.all<Repeated>(selectRepeated, `[${this.#changed.join()}]`);
    this.#changed = [];
    for (const { response } of repeated) this.#markReplays(BigInt(response));
  }

  /**
   * Ids of the sessions that were credited with a receipt, lost one, or have one that reads otherwise or has become a
   * replay, or none, now, and of some others.
   */
  get touched(): ReadonlySet<number> {
    return this.#touched;
  }

  /** Times of the receipts of which others may have to be decided anew; none where none was touched. */
  get touchedSpan(): Period {
    return this.#span;
  }

  #noteTime(atMs: number): void {
    const { startMs, endMs } = this.#span;
    if (atMs >= startMs && atMs < endMs) return;
    this.#span = { startMs: Math.min(startMs, atMs), endMs: Math.max(endMs, atMs + 1) };
  }

  #insert({ agent, id, reading, credit }: ReceiptDraft, row: number | null): boolean {
    const values = [...this.#creditColumns(agent, credit), ...this.#readingColumns(reading)];
    const isNew = this.#db.run(insertReceipt, row, id.response, id.request, ...values) > 0;
    if (isNew) {
      this.#touch(agent, credit);
      this.#noteTime(reading.atMs);
      staleHours(this.#db, [hourOf(reading.atMs)]);
    }
    return isNew;
  }

  /** Returns whether the stored receipt changed. */
  #merge(draft: ReceiptDraft): boolean {
    const row = this.#db.get<StoredReceipt & { readonly is_noted: number }>(
      selectReceipt,
      draft.id.response,
      draft.id.request,
    );
    if (row === undefined) throw new Error('a receipt vanished within a transaction');
    const known = { reading: toReading(row), credit: toCredit(row) };
    // As far as the ledger can tell logs apart: by when they were created.
    const better = known.credit.bornMs === draft.credit.bornMs ? betterReading : betterOfTwoLogs;
    const { reading, credit } = betterKnown(known, draft) ?? {
      reading: better(known.reading, draft.reading),
      credit: betterCredit(known.credit, draft.credit),
    };
    const { response, request } = draft.id;
    // A turn that is claimed by who made it is told by nobody else, and one of another session by whom that had called.
    const isWholeAgain =
      known.credit.claim === 'delegated' &&
      (credit.claim !== 'delegated' || credit.sessionKey !== known.credit.sessionKey);
    if (reading !== known.reading || isWholeAgain) {
      // What telemetry told may have the cost of what was left of it.
      const isCostKnown = row.is_noted === 0;
      const sql = isCostKnown && isSameBill(known.reading, reading) ? updateBesideCost : updateReading;
      this.#db.run(sql, ...this.#readingColumns(reading), response, request);
      restate(this.#db, draft.id, reading);
    }
    if (credit !== known.credit) {
      this.#db.run(updateCredit, ...this.#creditColumns(draft.agent, credit), response, request);
    }
    const isChanged = reading !== known.reading || credit !== known.credit;
    for (const each of isChanged ? [known.credit, credit] : []) this.#touch(draft.agent, each);
    for (const each of isChanged ? [known.reading, reading] : []) this.#noteTime(each.atMs);
    if (isChanged) this.#merged.push(response);
    return isChanged;
  }

  #touch(agent: AgentId, { sessionKey }: Credit): void {
    this.#touched.add(this.#sessions.idOf(agent, sessionKey));
  }

  #creditColumns(agent: AgentId, credit: Credit): readonly SQLInputValue[] {
    return [this.#sessions.idOf(agent, credit.sessionKey), claims.indexOf(credit.claim), credit.bornMs];
  }

  #readingColumns(reading: Reading): readonly SQLInputValue[] {
    const { tokens, circumstances } = reading;
    const terms = termsText(reading.terms);
    const circumstance = circumstancesText(circumstances);
    return [
      reading.reader,
      reading.atMs,
      this.#names.idOf('model', reading.model),
      tokens.uncachedInput,
      tokens.cacheRead,
      tokens.cacheWrite5m,
      tokens.cacheWrite1h,
      tokens.cacheWriteUnknown,
      tokens.output,
      tokens.reasoning,
      reading.webSearches,
      terms === null ? null : this.#names.idOf('terms', terms),
      circumstance === null ? null : this.#names.idOf('circumstance', circumstance),
      circumstances.durationMs ?? null,
      circumstances.turn ?? null,
      circumstances.contextTokens ?? null,
      circumstances.turnStartedMs ?? null,
      qualities.indexOf(reading.quality),
      toStorable(reading.reportedCost),
      ...this.#costOf(reading),
    ];
  }

  /** The cost and what it is from. */
  #costOf(reading: Billable): readonly [SQLInputValue, SQLInputValue] {
    const known = storedCostOf(this.#pricing, reading);
    return known === null ? [null, null] : [known.cost, this.#names.idOf('catalogue', known.source)];
  }

  #markReplays(response: HashedId['response']): void {
    const rows = this.#db.all<ReplayRow>(selectResponse, response);
    const all = rows.map((row) => ({ ...row, claim: claimOf(row) }));
    const siblings = all.filter(({ claim }) => claim !== 'delegated');
    for (const row of siblings) {
      // What a session made itself is no replay, and may be told by the sum of its turn.
      if (row.claim !== 'sideChain') continue;
      const others = siblings.filter((other) => other !== row);
      // Who had the session called counts what it told.
      if (!markSuperseded(this.#db, row, isReplay(row, others))) continue;
      this.#touched.add(row.session);
      this.#noteTime(row.at_ms);
    }
  }
}

function isSameBill(a: Reading, b: Reading): boolean {
  const billed = (reading: Reading) => {
    const { model, atMs, tokens, webSearches, terms } = reading;
    const counts = [...tokenClasses.map((name) => tokens[name]), tierPromptTokens(reading), webSearches];
    return JSON.stringify([model, atMs, counts, termsText(terms)]);
  };
  return billed(a) === billed(b);
}

/** A response that has several receipts. */
interface Repeated {
  readonly response: string;
}

interface ReplayRow extends Marked {
  readonly session: number;
  readonly at_ms: number;
  readonly claim: number;
  readonly request: string;
  readonly prompt: string | null;
}

/** Of the responses listed those that have several receipts. */
const selectRepeated = `
  SELECT CAST(response AS TEXT) AS response FROM receipt
  WHERE response IN (SELECT value FROM json_each(?)) GROUP BY response HAVING count(*) > 1`;

/** The same of those whose receipts came after one. */
const selectNewRepeated = `
  SELECT DISTINCT CAST(response AS TEXT) AS response FROM receipt AS came
  WHERE id > ? AND EXISTS (SELECT 1 FROM receipt WHERE response = came.response AND id <> came.id)`;

const selectResponse = `
  SELECT id, session, at_ms, claim, superseded, CAST(request AS TEXT) AS request,
    CASE WHEN ${promptColumns.map((name) => `${name} > 0`).join(' OR ')}
      THEN json_array(model, ${promptColumns})
    END AS prompt
  FROM ${receiptsAsStated} WHERE response = ?`;
const selectReceipt = `${statedReceipts('receipt.id, is_noted')} WHERE response = ? AND request = ?`;

const readingNames = [...readingColumns, 'cost_pico', 'catalogue'];

const allNames = ['response', 'request', ...creditColumns, ...readingNames];

const unlessKnown = 'ON CONFLICT (response, request) DO NOTHING';

const insertReceipt = `
  INSERT INTO receipt (superseded, id, ${allNames}) VALUES (0, ?, ${allNames.map(() => '?')}) ${unlessKnown}`;

/** Whether others tell of it is decided anew in the end. */
const updateReading = `
  UPDATE receipt SET superseded = 0, ${readingNames.map((name) => `${name} = ?`)} WHERE response = ? AND request = ?`;

const isOther = ['superseded', ...amountColumns].map((name) => `${name} IS NOT ?`).join(' OR ');

/** Where nothing is other than it was, nothing is written, and no hour must be summed anew. */
const updateAmounts = `
  UPDATE receipt SET superseded = ?, ${amountColumns.map((name) => `${name} = ?`)}, cost_pico = ?, catalogue = ?
  WHERE id = ? AND (${isOther})`;

/** What was billed is the same: a cost that is known is no other by today's prices. */
const updateBesideCost = updateReading
  .replace('cost_pico = ?', 'cost_pico = ifnull(cost_pico, ?)')
  .replace('catalogue = ?', 'catalogue = iif(cost_pico IS NULL, ?, catalogue)');

const updateCredit = `
  UPDATE receipt SET superseded = 0, ${creditColumns.map((name) => `${name} = ?`)} WHERE response = ? AND request = ?`;
