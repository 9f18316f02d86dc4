/**
 * Reads the database of spans that Copilot Chat writes where its user has switched it on: a row for each call of a model,
 * of a tool or of an agent, added as it ends, with further attributes in a table of their own.
 */

import type { Circumstances } from '../../domain/receipt.ts';
import { creditsOf } from '../copilotUsage.ts';
import { epochMsOf, fieldOf, idOf, type LogRecord, nameOf } from '../fields.ts';
import { toReceipt } from '../ownReceipt.ts';
import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { RowWalk, type WalkedTable, type WalkMemory } from '../rowWalk.ts';
import { attributeNames, placeOf } from './spanPlace.ts';
import { toTokens } from './spanTokens.ts';

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
    const tokens = toTokens(all);
    const atMs = epochMsOf(span, 'end_time_ms');
    if (typeof tokens === 'string') sink.refuse(tokens);
    else if (atMs === null) sink.refuse('implausible');
    else {
      const { key, ...facts } = place;
      if (facts.parentKey !== undefined) sink.session({ agent: 'copilot-chat', key, ...facts });
      sink.receipt(
        toReceipt({
          agent: 'copilot-chat',
          response: `${idOf(span, 'trace_id')}/${idOf(span, 'span_id')}`,
          sessionKey: key,
          atMs,
          model: nameOf(span, 'response_model') || nameOf(span, 'request_model'),
          tokens,
          circumstances: circumstancesOf(span, atMs),
          reportedCost: creditsOf({ credits: Number(fieldOf(all, creditsName) ?? 0) }, 'credits'),
          quality: 'exact',
        }),
      );
    }
  }

  #attributesOf(span: LogRecord): LogRecord {
    const id = idOf(span, 'span_id');
    if (id === null || !this.#hasAttributes) return {};
    const rows = this.#database.rows(attributesSql, id);
    return Object.fromEntries(rows.map(({ key, value }) => [String(key), value]));
  }
}

const creditsName = 'copilot_chat.copilot_usage_nano_aiu';

function circumstancesOf(span: LogRecord, atMs: number): Circumstances {
  const startedMs = epochMsOf(span, 'start_time_ms') ?? atMs;
  const provider = nameOf(span, 'provider_name');
  return {
    durationMs: Math.max(0, atMs - startedMs),
    // As the log of the chat calls it.
    ...(provider !== '' && { provider: provider === 'github' ? 'copilot' : provider }),
  };
}
