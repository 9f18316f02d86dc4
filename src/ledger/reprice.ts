/**
 * Prices stored receipts again, in slices that are each a transaction of their own: other processes write between
 * them, and whoever is killed leaves a ledger of whole receipts on which the next goes on.
 */

import type { SQLInputValue } from 'node:sqlite';
import { noMoney, type Pico, pico } from '../domain/money.ts';
import { isOwnPrice } from '../pricing/ownPrices.ts';
import type { Database } from './database.ts';
import { Names } from './names.ts';
import type { Pricing } from './pricing.ts';
import { type StoredReceipt, storedReceipts, toReading } from './receiptRow.ts';
import { type StoredCost, storedCostOf } from './storedCost.ts';

/**
 * - `stale`: receipts without a price, and those whose model got, lost or changed a price of the user's own. A price of
 *   a catalogue is kept: it was the list price of its date
 * - `all`: every receipt, by the catalogue of today
 */
export type RepriceScope = 'stale' | 'all';

/** What became of the receipts that were looked at, as far as they count. */
export interface Repriced {
  readonly receipts: number;
  /** Receipts that cost something else now. */
  readonly changed: number;
  /** Of them those that had no price before. */
  readonly newlyPriced: number;
  /** Receipts that have no price now. */
  readonly unpriced: number;
  /** What all of them together cost before, and cost now. */
  readonly before: Pico;
  readonly after: Pico;
}

/** Row ids that a slice goes over, and rows that it prices: some ten milliseconds of each. */
const sliceIds = { stale: 50_000, all: 1_000 } as const satisfies Record<RepriceScope, number>;
const sliceRows = 1_000;

export class Repricing {
  readonly #pricing: Pricing;
  readonly #scope: RepriceScope;
  #version: string | undefined;
  #at = 0;
  #end = 0;
  #result: Repriced = nothingRepriced;

  constructor(pricing: Pricing, scope: RepriceScope) {
    this.#pricing = pricing;
    this.#scope = scope;
  }

  get result(): Repriced {
    return this.#result;
  }

  /** How far it has come, from 0 to 1. */
  get share(): number {
    return this.#end === 0 ? 0 : Math.min(1, this.#at / this.#end);
  }

  /**
   * Goes one slice further, and begins anew where prices have changed since the last.
   *
   * @returns whether there is more to do
   */
  step(db: Database): boolean {
    if (this.#version !== this.#pricing.version) this.#begin(db);
    if (this.#at >= this.#end) return false;
    const slice = this.#slice(db);
    if (this.#scope === 'all' || hasAny(db, slice)) this.#goOver(db, slice);
    else this.#at = slice.end;
    if (this.#at >= this.#end) noteTried(db, this.#pricing.version);
    return this.#at < this.#end;
  }

  #begin(db: Database): void {
    this.#version = this.#pricing.version;
    noteTrying(db, this.#version);
    this.#at = 0;
    this.#end = db.get<{ id: number }>('SELECT ifnull(max(id), 0) AS id FROM receipt')?.id ?? 0;
    this.#result = nothingRepriced;
    if (this.#end === 0) noteTried(db, this.#version);
  }

  #slice(db: Database): Slice {
    const end = Math.min(this.#end, this.#at + sliceIds[this.#scope]);
    const [condition, ...values] = this.#scope === 'all' ? ['1'] : stale(db, this.#pricing);
    return { end, condition, values: [this.#at, end, ...values] };
  }

  #goOver(db: Database, slice: Slice): void {
    const done = db.write(() => {
      const rows = db.all<PricedRow>(`${selectPriced} ${conditionOf(slice)}`, ...slice.values);
      const names = new Names(db);
      let result = this.#result;
      for (const row of rows) result = add(result, row, this.#reprice(db, names, row));
      return { result, at: rows[sliceRows - 1]?.id ?? slice.end };
    });
    this.#result = done.result;
    this.#at = done.at;
  }

  /** @returns the cost that the row has now */
  #reprice(db: Database, names: Names, row: PricedRow): Pico | null {
    const known = knownCost(row);
    const found = storedCostOf(this.#pricing, toReading(row));
    // What a catalogue once knew is not forgotten because a later one does not know it any more.
    const cost = found ?? (known !== null && !isOwnPrice(known.source) ? known : null);
    if (cost?.cost !== known?.cost || cost?.source !== known?.source) {
      const values = cost === null ? [null, null] : [cost.cost, names.idOf('catalogue', cost.source)];
      db.run(updateCost, ...values, row.id);
    }
    return cost === null ? null : pico(cost.cost);
  }
}

const nothingRepriced: Repriced = {
  receipts: 0,
  changed: 0,
  newlyPriced: 0,
  unpriced: 0,
  before: noMoney,
  after: noMoney,
};

/** Whether every receipt has been tried with these prices: then none is stale. */
export function isTried(db: Database, { version }: Pricing): boolean {
  return db.get<{ value: string }>("SELECT value FROM meta WHERE name = 'catalogue'")?.value === version;
}

/** What is noted while receipts are tried: whoever stores by other prices meanwhile takes it away. */
function trying(version: string): string {
  return `trying ${version}`;
}

function noteTrying(db: Database, version: string): void {
  const sql = "INSERT OR REPLACE INTO meta (name, value) VALUES ('catalogue', ?)";
  db.write(() => db.run(sql, trying(version)));
}

function noteTried(db: Database, version: string): void {
  const sql = "UPDATE meta SET value = ? WHERE name = 'catalogue' AND value = ?";
  db.write(() => db.run(sql, version, trying(version)));
}

/** To be called with every batch that is stored: by other prices than all were tried with, some may be stale now. */
export function noteStored(db: Database, { version }: Pricing): void {
  db.run("DELETE FROM meta WHERE name = 'catalogue' AND value NOT IN (?, ?)", version, trying(version));
}

interface Slice {
  readonly end: number;
  readonly condition: string;
  readonly values: readonly SQLInputValue[];
}

type PricedRow = StoredReceipt & {
  readonly id: number;
  readonly superseded: number;
  readonly cost_pico: string | null;
  readonly source: string | null;
};

const selectPriced = storedReceipts(`receipt.id, superseded, CAST(cost_pico AS TEXT) AS cost_pico,
  (SELECT version FROM catalogue WHERE catalogue.id = receipt.catalogue) AS source`);

const updateCost = 'UPDATE receipt SET cost_pico = ?, catalogue = ? WHERE id = ?';

function conditionOf({ condition }: Slice): string {
  return `WHERE receipt.id > ? AND receipt.id <= ? AND ${condition} ORDER BY receipt.id LIMIT ${sliceRows}`;
}

function hasAny(db: Database, slice: Slice): boolean {
  const sql = `SELECT receipt.id FROM receipt ${conditionOf(slice).replace(/LIMIT \d+$/, 'LIMIT 1')}`;
  return db.get(sql, ...slice.values) !== undefined;
}

/** The receipts whose price is not what the user's own prices make it, by model and by what they are priced from. */
function stale(db: Database, pricing: Pricing): readonly [condition: string, ...SQLInputValue[]] {
  const models = db.all<{ id: number; name: string }>('SELECT id, name FROM model');
  const sources = db.all<{ id: number; version: string }>('SELECT id, version FROM catalogue');
  const pairs = models.flatMap((model) => {
    const own = pricing.ownPriceOf(model.name);
    return sources
      .filter(({ version }) => (isOwnPrice(version) ? version !== own : own !== null))
      .map((source) => [model.id, source.id]);
  });
  return [`(receipt.catalogue IS NULL OR ${staleSources})`, JSON.stringify(pairs)];
}

const staleSources = `(receipt.model, receipt.catalogue) IN (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))`;

function knownCost({ cost_pico: cost, source }: PricedRow): StoredCost | null {
  return cost === null ? null : { cost: BigInt(cost), source: source ?? '' };
}

function add(sum: Repriced, row: PricedRow, cost: Pico | null): Repriced {
  if (row.superseded === 1) return sum;
  const before = row.cost_pico === null ? null : pico(BigInt(row.cost_pico));
  return {
    receipts: sum.receipts + 1,
    changed: sum.changed + (before === cost ? 0 : 1),
    newlyPriced: sum.newlyPriced + (before === null && cost !== null ? 1 : 0),
    unpriced: sum.unpriced + (cost === null ? 1 : 0),
    before: pico(sum.before + (before ?? noMoney)),
    after: pico(sum.after + (cost ?? noMoney)),
  };
}
