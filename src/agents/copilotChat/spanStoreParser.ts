/**
 * Reads the database of spans that Copilot Chat writes where its user has switched it on: a row for each call of a model,
 * of a tool or of an agent, added as it ends, with further attributes in a table of their own.
 */

import type { Circumstances, Receipt } from '../../domain/receipt.ts';
import type { RefusalReason } from '../../domain/refusal.ts';
import { creditsOf } from '../copilotUsage.ts';
import { epochMsOf, fieldOf, idOf, type LogRecord, nameOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { RowWalk, type WalkedTable, type WalkMemory } from '../rowWalk.ts';
import { labelName, parentName, placeOf } from './spanPlace.ts';
import { modelOf, toTokens, writesName } from './spanTokens.ts';

/** Without these nothing can be told of a call. */
const neededColumns = [
  'span_id',
  'trace_id',
  'operation_name',
  'agent_name',
  'chat_session_id',
  'start_time_ms',
  'end_time_ms',
  'input_tokens',
  'output_tokens',
];
const wantedColumns = [
  'status_code',
  'provider_name',
  'request_model',
  'response_model',
  'cached_tokens',
  'reasoning_tokens',
];

/** `null` where the database has no such table. */
export function spanTable(columns: ReadonlySet<string>): WalkedTable | null {
  if (!neededColumns.every((name) => columns.has(name))) return null;
  const names = [...neededColumns, ...wantedColumns.filter((name) => columns.has(name))];
  return {
    name: 'spans',
    idColumn: 'span_id',
    wanted: Object.fromEntries(names.map((name) => [name, name])),
  };
}

/** Billionths of AI credits. */
const creditsName = 'copilot_chat.copilot_usage_nano_aiu';
const attributeNames = [parentName, labelName, writesName, creditsName];

/** The question for the attributes of a span. The others hold prompts and answers, of any size. */
export const attributesSql = `
  SELECT key, substr(value, 1, 512) AS value FROM span_attributes
  WHERE span_id = ? AND key IN (${attributeNames.map((name) => `'${name}'`).join(', ')}) LIMIT ${attributeNames.length}`;

/** `SpanStatusCode.ERROR` of OpenTelemetry: no model has answered. */
const failed = 2;

export class SpanStoreParser implements DatabaseParser {
  readonly #database: LogDatabase;
  readonly #walk: RowWalk | null;
  readonly #hasAttributes: boolean;

  constructor(database: LogDatabase, saved?: JsonValue) {
    this.#database = database;
    const table = spanTable(database.columns('spans'));
    // What the same version of this reader saved needs no check.
    const memory = (saved ?? undefined) as WalkMemory | undefined;
    this.#walk = table === null ? null : new RowWalk(database, table, memory);
    const attributes = database.columns('span_attributes');
    this.#hasAttributes = ['span_id', 'key', 'value'].every((name) => attributes.has(name));
  }

  readSlice(sink: Sink): boolean {
    const rows = this.#walk?.next() ?? [];
    for (const { values } of rows) {
      if (values.operation_name === 'chat' && values.status_code !== failed) this.#tell(values, sink);
    }
    return rows.length > 0;
  }

  save(): JsonValue {
    return (this.#walk?.save() ?? null) as JsonValue;
  }

  #tell(span: LogRecord, sink: Sink): void {
    const all = { ...span, ...this.#attributesOf(span) };
    const place = placeOf(all);
    if (place === null) return;
    const receipt = receiptOf(all, place.key);
    if (typeof receipt === 'string') sink.refuse(receipt);
    else {
      if (place.parentKey !== undefined) sink.session({ agent: 'copilot-chat', ...place });
      sink.receipt(receipt);
    }
  }

  #attributesOf(span: LogRecord): LogRecord {
    const id = idOf(span, 'span_id');
    if (id === null || !this.#hasAttributes) return {};
    const rows = this.#database.rows(attributesSql, id);
    return Object.fromEntries(rows.map(({ key, value }) => [String(key), value]));
  }
}

/** @param span with its attributes */
function receiptOf(span: LogRecord, sessionKey: string): Receipt | RefusalReason {
  const [trace, id] = [idOf(span, 'trace_id'), idOf(span, 'span_id')];
  const tokens = toTokens(span);
  const atMs = epochMsOf(span, 'end_time_ms');
  if (typeof tokens === 'string') return tokens;
  if (trace === null || id === null) return 'malformed';
  if (atMs === null) return 'implausible';
  return toReceipt({
    agent: 'copilot-chat',
    response: `${trace}/${id}`,
    sessionKey,
    atMs,
    model: modelOf(span),
    tokens,
    circumstances: circumstancesOf(span, atMs),
    reportedCost: creditsOf({ credits: Number(fieldOf(span, creditsName) ?? 0) }, 'credits'),
    quality: 'exact',
  });
}

function circumstancesOf(span: LogRecord, atMs: number): Circumstances {
  const startedMs = epochMsOf(span, 'start_time_ms') ?? atMs;
  const provider = nameOf(span, 'provider_name');
  return {
    durationMs: Math.max(0, atMs - startedMs),
    // As the log of the chat calls it.
    ...(provider !== '' && { provider: provider === 'github' ? 'copilot' : provider }),
  };
}
