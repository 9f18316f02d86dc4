/** Calls of tools on their way into the ledger, and what it keeps of them. */

import type { SQLInputValue } from 'node:sqlite';
import type { ToolCall } from '../domain/toolCall.ts';
import type { CallRows } from './callRows.ts';
import { CallValues } from './callValues.ts';
import type { Database } from './database.ts';
import { hashInput } from './inputHash.ts';
import { inLots, placesOf } from './lots.ts';
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
    input: input === undefined ? null : hashInput(input),
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

  /** Many at once. Where one of them is known, each is merged: a call that is new is merged with itself. */
  storeRows(calls: CallRows): void {
    const values = new CallValues(calls, this.#names);
    for (const { first, count } of inLots(calls.length)) {
      if (this.#db.run(insertCalls(count), ...values.of(first, count)) === count) continue;
      for (let row = first; row < first + count; row++) this.#merge(calls.draft(row));
    }
  }

  store(draft: ToolCallDraft): void {
    if (this.#db.run(insertCalls(1), ...this.#valuesOf(draft)) === 0) this.#merge(draft);
  }

  #merge(draft: ToolCallDraft): void {
    const row = this.#db.get<ToolCallRow>(selectCall, draft.response, draft.call);
    if (row === undefined) return;
    const merged = { ...draft, ...mergeTold(toTold(row), draft) };
    this.#db.run(replaceCall, ...this.#valuesOf(merged));
  }

  #valuesOf({ response, call, name, input, resultBytes, isFailed }: ToolCallDraft): readonly SQLInputValue[] {
    const tool = name === null ? null : this.#names.idOf('tool', name);
    return [response, call, tool, input, resultBytes, isFailed === null ? null : Number(isFailed)];
  }
}

interface ToolCallRow {
  readonly name: string | null;
  readonly input: string | null;
  readonly result_bytes: number | null;
  readonly is_failed: number | null;
}

const columns = 'tool_call (response, call, tool, input, result_bytes, is_failed)';
const insertCalls = (rows: number) =>
  `INSERT OR IGNORE INTO ${columns} VALUES ${placesOf('?, ?, ?, ?, ?, ?', rows)}`;
const replaceCall = `INSERT OR REPLACE INTO ${columns} VALUES (?, ?, ?, ?, ?, ?)`;

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
