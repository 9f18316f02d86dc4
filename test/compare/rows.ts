/** The ledger as rows for a machine to read: what each session spent on each model on each day. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Pico } from '../../src/domain/money.ts';
import type { TokenClass } from '../../src/domain/tokens.ts';
import { noTotals, type Totals } from '../../src/domain/totals.ts';
import type { Database } from '../../src/ledger/database.ts';
import { sumsBy } from '../../src/ledger/sums.ts';
import { type Refusals, refusals } from './refusals.ts';

/** What names a row. All but the agent is `null` where the log does not tell. */
export interface RowKey {
  readonly agent: AgentId;
  /** The agent's own id of the session; that of a sub-agent without one is `<outermost session>/<agent id>`. */
  readonly sessionId: string | null;
  /** The session that started this one. */
  readonly parentSessionId: string | null;
  /** As logged. */
  readonly model: string | null;
  /** Of UTC, such as `2026-11-22`. */
  readonly day: string | null;
}

export interface Row extends RowKey, Readonly<Record<TokenClass | 'reasoning', number>> {
  readonly receipts: number;
  /** Receipts with a class that the log does not tell: with any, the counts are lower bounds. */
  readonly partialReceipts: number;
  /** Cost at list price of all receipts, `null` where one of them has no price. */
  readonly costPico: Pico | null;
  /** Cost of the receipts that have a price, and the number of those that have none. */
  readonly pricedPico: Pico;
  readonly unpricedReceipts: number;
  /**
   * Records that were refused, and files and folders that could not be read, in the logs that are named after the
   * session. They stand in one of its rows, or in one without model and day.
   */
  readonly refused: number;
}

const rowColumns = [
  'session.agent AS agent',
  'session.key AS sessionId',
  'parent.key AS parentSessionId',
  "nullif(model.name, '') AS model",
  "strftime('%Y-%m-%d', at_ms / 1000, 'unixepoch') AS day",
];

const rowTables = `
  JOIN session ON session.id = counted.session
  LEFT JOIN session AS parent ON parent.id = session.parent
  JOIN model ON model.id = counted.model
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 5, 2, 4`;

/** Every row, so that the sums over all of them are those of the whole ledger. */
export function ledgerRows(db: Database): readonly Row[] {
  const rows = sumsBy<RowKey>(db, rowColumns, rowTables, []).map(({ group, totals }) => toRow(group, totals));
  return withRefusals(rows, refusals(db));
}

function toRow(key: RowKey, totals: Totals, refused = 0): Row {
  const { agent, sessionId, parentSessionId, model, day } = key;
  const { receipts, tokens, partialReceipts, cost, unpricedReceipts } = totals;
  return {
    ...{ agent, sessionId, parentSessionId, model, day },
    receipts,
    ...tokens,
    partialReceipts,
    costPico: unpricedReceipts === 0 ? cost : null,
    pricedPico: cost,
    unpricedReceipts,
    refused,
  };
}

function withRefusals(rows: readonly Row[], all: readonly Refusals[]): readonly Row[] {
  const identityOf = (agent: AgentId, sessionId: string | null) => JSON.stringify([agent, sessionId]);
  const left = new Map(all.map((each) => [identityOf(each.agent, each.session?.key ?? null), each]));
  const marked = rows.map((row) => {
    const identity = identityOf(row.agent, row.sessionId);
    const refused = left.get(identity)?.count ?? 0;
    left.delete(identity);
    return { ...row, refused };
  });
  return [...marked, ...[...left.values()].map(toRefusedRow)];
}

function toRefusedRow({ agent, session, count }: Refusals): Row {
  const [sessionId, parentSessionId] = [session?.key ?? null, session?.parentKey ?? null];
  return toRow({ agent, sessionId, parentSessionId, model: null, day: null }, noTotals, count);
}

/** One line of JSON. Costs are whole numbers with all their digits, which not every reader of JSON keeps beyond 2⁵³. */
export function toJsonLine(row: Row): string {
  return JSON.stringify(row, (_name, value) => (typeof value === 'bigint' ? rawJson(String(value)) : value));
}

/** Not among TypeScript's declarations yet. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown };
