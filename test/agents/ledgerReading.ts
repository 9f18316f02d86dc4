/** What the ledger says in the end: what it shows, and every receipt as it stands in its database. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AgentId } from '../../src/domain/agent.ts';
import { type Pico, pico } from '../../src/domain/money.ts';
import type { Circumstances, Quality, ReceiptId } from '../../src/domain/receipt.ts';
import type { TokenCounts } from '../../src/domain/tokens.ts';
import { hashCall, hashId } from '../../src/ledger/identity.ts';
import { qualities } from '../../src/ledger/merge.ts';
import { ledgerFile } from '../../src/ledger/moveAside.ts';
import type { LedgerProblem, LogFolder, SessionNode } from '../../src/ledger/views.ts';

export interface LedgerReceipt {
  readonly sessionKey: string;
  readonly model: string;
  readonly tokens: TokenCounts;
  readonly webSearches: number;
  readonly quality: Quality | undefined;
  readonly cost: Pico | null;
  readonly circumstances: Circumstances;
}

export interface LedgerCall {
  readonly name: string | null;
  readonly resultBytes: number | null;
  readonly isFailed: boolean | null;
}

export interface LedgerReading {
  readonly sessions: readonly SessionNode[];
  /** Every counted receipt, by {@link receiptKey}. */
  readonly receipts: ReadonlyMap<string, LedgerReceipt>;
  /** Every call of a tool, by {@link callKey}. */
  readonly toolCalls: ReadonlyMap<string, LedgerCall>;
  readonly folders: readonly LogFolder[];
  readonly problems: readonly LedgerProblem[];
  /** Keys of the sessions that were said to have crossed their budget, once for each time it was said. */
  readonly crossings: readonly string[];
}

export function receiptKey(agent: AgentId, id: ReceiptId): string {
  const { response, request } = hashId(agent, id);
  return `${response} ${request}`;
}

export function callKey(agent: AgentId, id: ReceiptId, call: string): string {
  return `${hashId(agent, id).response} ${hashCall(id.request, call)}`;
}

/** 64-bit numbers come as text, which loses no digits. */
const selectCounted = `
  SELECT counted.response || ' ' || counted.request AS id, session.key AS session_key, model.name AS model,
    uncached_input, cache_read, cache_write_5m, cache_write_1h, cache_write_unknown, output, reasoning,
    web_searches, quality, CAST(cost_pico AS TEXT) AS cost, circumstance.json AS circumstance, turn
  FROM counted JOIN session ON session.id = counted.session JOIN model ON model.id = counted.model
  LEFT JOIN circumstance ON circumstance.id = counted.circumstance`;

const selectCalls = `
  SELECT response || ' ' || call AS id, tool.name AS name, result_bytes AS resultBytes, is_failed AS isFailed
  FROM tool_call LEFT JOIN tool ON tool.id = tool_call.tool`;

interface Row {
  readonly id: string;
  readonly session_key: string;
  readonly model: string;
  readonly uncached_input: number | null;
  readonly cache_read: number | null;
  readonly cache_write_5m: number | null;
  readonly cache_write_1h: number | null;
  readonly cache_write_unknown: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly web_searches: number;
  readonly quality: number;
  readonly cost: string | null;
  readonly circumstance: string | null;
  readonly turn: number | null;
}

/** @param folder the ledger's */
export function countedReceipts(folder: string): ReadonlyMap<string, LedgerReceipt> {
  const db = new DatabaseSync(join(folder, ledgerFile), { readOnly: true });
  try {
    const rows = db.prepare(selectCounted).all() as unknown as Row[];
    return new Map(rows.map((row) => [row.id, toReceipt(row)]));
  } finally {
    db.close();
  }
}

/** @param folder the ledger's */
export function allToolCalls(folder: string): ReadonlyMap<string, LedgerCall> {
  const db = new DatabaseSync(join(folder, ledgerFile), { readOnly: true });
  try {
    const rows = db.prepare(selectCalls).all() as unknown as (LedgerCall & { readonly id: string })[];
    return new Map(rows.map(({ id, isFailed, ...call }) => [id, { ...call, isFailed: toBoolean(isFailed) }]));
  } finally {
    db.close();
  }
}

function toBoolean(value: unknown): boolean | null {
  return value === null ? null : value !== 0;
}

function toReceipt(row: Row): LedgerReceipt {
  return {
    sessionKey: row.session_key,
    model: row.model,
    tokens: {
      uncachedInput: row.uncached_input,
      cacheRead: row.cache_read,
      cacheWrite5m: row.cache_write_5m,
      cacheWrite1h: row.cache_write_1h,
      cacheWriteUnknown: row.cache_write_unknown,
      output: row.output,
      reasoning: row.reasoning,
    },
    webSearches: row.web_searches,
    quality: qualities[row.quality],
    cost: row.cost === null ? null : pico(BigInt(row.cost)),
    circumstances: {
      ...(row.circumstance !== null && (JSON.parse(row.circumstance) as Circumstances)),
      ...(row.turn !== null && { turn: row.turn }),
    },
  };
}
