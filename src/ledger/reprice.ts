/** Prices receipts that had no price when they were stored, once a later catalogue may know them. */

import type { Database } from './database.ts';
import type { Pricing } from './pricing.ts';
import { type StoredReceipt, storedReceipts, toReading } from './receiptRow.ts';
import { ReceiptStore } from './receiptStore.ts';
import { SessionStore } from './sessionStore.ts';

/**
 * Tries all unpriced receipts again, unless the ledger has met this catalogue before. A price once given is kept: it
 * was the list price of its date.
 *
 * @returns how many were priced
 */
export function reprice(db: Database, pricing: Pricing): number {
  const known = db.get<{ value: string }>("SELECT value FROM meta WHERE name = 'catalogue'")?.value;
  if (known === pricing.catalogue) return 0;
  return db.write(() => {
    const count = repriceReceipts(db, pricing);
    db.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('catalogue', ?)", pricing.catalogue);
    return count;
  });
}

function repriceReceipts(db: Database, pricing: Pricing): number {
  const store = new ReceiptStore(db, new SessionStore(db), pricing);
  let count = 0;
  let rows = nextUnpriced(db, 0);
  for (let last = rows.at(-1); last !== undefined; last = rows.at(-1)) {
    count += rows.filter((row) => store.reprice(row.id, toReading(row))).length;
    rows = nextUnpriced(db, last.id);
  }
  return count;
}

type Unpriced = StoredReceipt & { readonly id: number };

/** A page of unpriced receipts: there may be a million. */
function nextUnpriced(db: Database, afterId: number): readonly Unpriced[] {
  const page = 'WHERE cost_pico IS NULL AND receipt.id > ? ORDER BY receipt.id LIMIT 1000';
  return db.all<Unpriced>(`${storedReceipts()} ${page}`, afterId);
}
