/** Our side for explanations: every receipt that the ledger holds, those included that only replay another. */

import type { AgentId } from '../../src/domain/agent.ts';
import { pico, toApproximateDollars } from '../../src/domain/money.ts';
import type { TokenCounts } from '../../src/domain/tokens.ts';
import type { Database } from '../../src/ledger/database.ts';
import { toCommonTokens } from './commonTokens.ts';
import type { OwnReceipt } from './explain.ts';

/** 64-bit numbers come as text, which loses no digits; the keys are those of `receiptKey`. */
const selectReceipts = `
  SELECT receipt.response || ' ' || receipt.request AS key, superseded, session.key AS session, model.name AS model,
    strftime('%Y-%m-%d', at_ms / 1000, 'unixepoch') AS day, uncached_input AS uncachedInput, cache_read AS cacheRead,
    cache_write_5m AS cacheWrite5m, cache_write_1h AS cacheWrite1h, cache_write_unknown AS cacheWriteUnknown, output,
    reasoning, terms IS NOT NULL AS hasTerms, web_searches AS webSearches, CAST(cost_pico AS TEXT) AS costPico
  FROM receipt JOIN session ON session.id = receipt.session JOIN model ON model.id = receipt.model
  WHERE session.agent IN (SELECT value FROM json_each(?))`;

interface ReceiptRow extends TokenCounts {
  readonly key: string;
  readonly superseded: number;
  readonly session: string;
  readonly model: string;
  readonly day: string;
  readonly hasTerms: number;
  readonly webSearches: number;
  readonly costPico: string | null;
}

/** By `receiptKey`. Sub-agents without an id of their own are part of their session, as other programs have them. */
export function ownReceipts(db: Database, agents: readonly AgentId[]): ReadonlyMap<string, OwnReceipt> {
  const rows = db.all<ReceiptRow>(selectReceipts, JSON.stringify(agents));
  return new Map(rows.map((row) => [row.key, toOwn(row)]));
}

function toOwn(row: ReceiptRow): OwnReceipt {
  return {
    day: row.day,
    session: row.session.split('/')[0] ?? row.session,
    model: row.model,
    tokens: toCommonTokens(row),
    cost: row.costPico === null ? null : toApproximateDollars(pico(BigInt(row.costPico))),
    hasTerms: row.hasTerms !== 0,
    webSearches: row.webSearches,
    isSuperseded: row.superseded !== 0,
  };
}
