/** Calls of tools on their way into the ledger, and what it keeps of them. */

import type { ToolCall } from '../domain/toolCall.ts';
import type { Database } from './database.ts';
import { hashText } from './identity.ts';
import { Names } from './names.ts';

/** What is known of a call; `null` where nothing was told yet. */
export interface ToldOfCall {
  readonly name: string | null;
  readonly input: bigint | null;
  readonly resultBytes: number | null;
  readonly isFailed: boolean | null;
}

export interface ToolCallDraft extends ToldOfCall {
  readonly response: bigint;
  readonly call: bigint;
}

export function tellOf({ name, input, resultBytes, isFailed }: ToolCall): ToldOfCall {
  return {
    name: name ?? null,
    input: input === undefined ? null : hashText(input),
    resultBytes: resultBytes ?? null,
    isFailed: isFailed ?? null,
  };
}

/**
 * Two statements about one call as one, whichever came first. A field that only one of them knows is that one's; where
 * they differ, which only a damaged log makes them do, the greater stands.
 */
export function mergeTold(a: ToldOfCall, b: ToldOfCall): ToldOfCall {
  return {
    name: greater(a.name, b.name),
    input: greater(a.input, b.input),
    resultBytes: greater(a.resultBytes, b.resultBytes),
    isFailed: greater(a.isFailed, b.isFailed),
  };
}

function greater<Value extends string | bigint | number | boolean>(
  a: Value | null,
  b: Value | null,
): Value | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** Writes calls. Lives as long as one transaction. */
export class ToolCallStore {
  readonly #db: Database;
  readonly #names: Names;

  constructor(db: Database) {
    this.#db = db;
    this.#names = new Names(db);
  }

  store(draft: ToolCallDraft): void {
    if (this.#write(insertCall, draft)) return;
    const row = this.#db.get<ToolCallRow>(selectCall, draft.response, draft.call);
    if (row !== undefined) this.#write(replaceCall, { ...draft, ...mergeTold(toTold(row), draft) });
  }

  #write(sql: string, { response, call, name, input, resultBytes, isFailed }: ToolCallDraft): boolean {
    const tool = name === null ? null : this.#names.idOf('tool', name);
    const failed = isFailed === null ? null : Number(isFailed);
    return this.#db.run(sql, response, call, tool, input, resultBytes, failed) > 0;
  }
}

interface ToolCallRow {
  readonly name: string | null;
  readonly input: string | null;
  readonly result_bytes: number | null;
  readonly is_failed: number | null;
}

const values = 'tool_call (response, call, tool, input, result_bytes, is_failed) VALUES (?, ?, ?, ?, ?, ?)';
const insertCall = `INSERT OR IGNORE INTO ${values}`;
const replaceCall = `INSERT OR REPLACE INTO ${values}`;

const selectCall = `
  SELECT tool.name AS name, CAST(input AS TEXT) AS input, result_bytes, is_failed
  FROM tool_call LEFT JOIN tool ON tool.id = tool_call.tool WHERE response = ? AND call = ?`;

function toTold(row: ToolCallRow): ToldOfCall {
  return {
    name: row.name,
    input: row.input === null ? null : BigInt(row.input),
    resultBytes: row.result_bytes,
    isFailed: row.is_failed === null ? null : row.is_failed !== 0,
  };
}
