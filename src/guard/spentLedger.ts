/** A made-up ledger in which one session has spent its budget, for a guard's self-test. */

import { join } from 'node:path';
import type { Budget, SessionKey } from '../domain/budget.ts';
import { Batch } from '../ledger/batch.ts';
import { Database } from '../ledger/database.ts';
import { ledgerFile } from '../ledger/moveAside.ts';
import type { Pricing } from '../ledger/pricing.ts';
import { storeBatch } from '../ledger/storeBatch.ts';
import { storeBudgets } from '../oversight/budgetsInForce.ts';
import type { Sqlite } from '../storage/sqlite.ts';

export function makeSpentLedger(sqlite: Sqlite, folder: string, session: SessionKey): void {
  const db = new Database(sqlite, join(folder, ledgerFile));
  try {
    const nowMs = Date.now();
    storeBudgets(db, 'self-test', [oneToken], nowMs);
    const batch = new Batch();
    const stamp = { reader: 1, bornMs: nowMs, atMs: nowMs, position: 0 };
    batch.addFacts({ ...session, atMs: nowMs }, stamp);
    batch.addReceipt(twoTokens(session, nowMs), stamp);
    storeBatch(db, batch, [], unpriced);
  } finally {
    db.close();
  }
}

const oneToken: Budget = {
  id: 'self-test',
  span: { kind: 'session' },
  unit: 'tokens',
  scope: {},
  limit: 1n,
  nearPercent: 80,
  wrapUpPercent: 95,
  stops: true,
  isPaused: false,
};

function twoTokens({ agent, key }: SessionKey, atMs: number) {
  return {
    agent,
    id: { response: 'self-test', request: 'self-test' },
    sessionKey: key,
    claim: 'own',
    atMs,
    model: 'self-test',
    tokens: {
      uncachedInput: 1,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknown: 0,
      output: 1,
      reasoning: null,
    },
    webSearches: 0,
    terms: {},
    circumstances: {},
    reportedCost: null,
    quality: 'exact',
  } as const;
}

const unpriced: Pricing = {
  catalogue: 'self-test',
  version: 'self-test',
  ownPriceOf: () => null,
  price: () => null,
};
