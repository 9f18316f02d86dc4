/** The models of which receipts have no price, with what a price for them must cover. */

import type { Billable, UnpricedReason } from '../pricing/price.ts';
import type { Database } from './database.ts';
import { classColumns, type StoredReceipt, storedReceipts, toReading } from './receiptRow.ts';

/** Why a receipt has no price that a price list could mend; a log that does not tell its tokens no list can. */
export type PriceGap = Exclude<UnpricedReason, 'unknownTokens'>;

export interface UnpricedModel {
  /** As logged; empty where the log names none. */
  readonly model: string;
  readonly receipts: number;
  readonly tokens: number;
  /** When the newest of them was logged. */
  readonly lastMs: number;
  /** Receipts by what their price lacks. */
  readonly gaps: Readonly<Partial<Record<PriceGap, number>>>;
}

/** What the ledger must be told of prices. */
export interface PriceGaps {
  /** `null` for a receipt that has a price. */
  whyUnpriced(receipt: Billable): UnpricedReason | null;
}

/** Those with the newest receipts first. */
export function unpricedModels(db: Database, prices: PriceGaps): readonly UnpricedModel[] {
  const models = new Map<string, UnpricedModel>();
  for (const alike of unpricedAlike(db)) {
    const reason = prices.whyUnpriced(toReading(alike));
    if (reason === null || reason === 'unknownTokens') continue;
    models.set(alike.model, add(models.get(alike.model), alike, reason));
  }
  return [...models.values()].sort((a, b) => b.lastMs - a.lastMs);
}

/** The newest of receipts that lack a price for the same reason, with how many they are and their tokens. */
type Alike = StoredReceipt & { readonly receipts: number; readonly sum: number };

/** Whether a price is known depends on the model, the terms, and on which classes were used at all or are not told. */
const grouping = [
  'receipt.model',
  'receipt.terms',
  'web_searches > 0',
  ...classColumns.map((name) => `sign(${name})`),
];

/** SQLite takes the other columns from the row with the greatest time. */
const summing = `count(*) AS receipts, max(at_ms) AS newest,
  sum(${classColumns.map((name) => `ifnull(${name}, 0)`).join(' + ')}) AS sum`;

function unpricedAlike(db: Database): readonly Alike[] {
  const condition = 'WHERE cost_pico IS NULL AND superseded = 0';
  return db.all<Alike>(`${storedReceipts(summing)} ${condition} GROUP BY ${grouping.join(', ')}`);
}

function add(known: UnpricedModel | undefined, alike: Alike, gap: PriceGap): UnpricedModel {
  const { model, receipts, sum, at_ms: atMs } = alike;
  return {
    model,
    receipts: (known?.receipts ?? 0) + receipts,
    tokens: (known?.tokens ?? 0) + sum,
    lastMs: Math.max(known?.lastMs ?? atMs, atMs),
    gaps: { ...known?.gaps, [gap]: (known?.gaps[gap] ?? 0) + receipts },
  };
}
