/** Reads the database of Goose: new requests and new messages, with the sessions that they are of. */

import type { Receipt, ReceiptId } from '../../domain/receipt.ts';
import { toTitle } from '../../domain/session.ts';
import { hasUnknown, isTokenCount, isTokenSum, totalTokens } from '../../domain/tokens.ts';
import {
  dollarsOf,
  epochMsOf,
  fieldOf,
  idOf,
  type LogRecord,
  nameOf,
  parseRecord,
  textOf,
  timeOf,
} from '../fields.ts';
import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { RowWalk, type WalkedRow, type WalkedTable, type WalkMemory } from '../rowWalk.ts';
import { toTokens } from './usage.ts';

interface Memory {
  readonly requests?: WalkMemory;
  readonly messages?: WalkMemory;
}

/**
 * The source of a row's cost that is no request: before each request Goose writes down by how much the sums of the session
 * are ahead of its requests on record, as they are of a session from before there were any.
 */
const carriedForward = 'carried_forward';

const countColumns = ['input_tokens', 'output_tokens', 'cache_read_tokens', 'cache_write_tokens'];
const requestColumns = ['session_id', 'created_timestamp', 'model', 'cost', 'cost_source', ...countColumns];
const sessionColumns = [
  'name',
  'description',
  'working_dir',
  'parent_session_id',
  'created_at',
  'provider_name',
  'model_config_json',
  'accumulated_cost',
  ...countColumns.map((name) => `accumulated_${name}`),
];

/** By which two times of one event may differ. */
const clocksMs = 60_000;

export class StoreParser implements DatabaseParser {
  readonly #database: LogDatabase;
  readonly #requests: RowWalk | null;
  readonly #messages: RowWalk | null;
  readonly #sessionColumns: readonly string[];
  /** Since when all requests are on record; `null` where none are, or that is not known. */
  readonly #recordedSinceMs: number | null;

  constructor(database: LogDatabase, saved?: JsonValue) {
    this.#database = database;
    // What the same version of this reader saved needs no check.
    const memory = (saved ?? {}) as unknown as Memory;
    this.#requests = walkOf(database, requestTable(database), memory.requests);
    this.#messages = walkOf(database, messageTable(database), memory.messages);
    const columns = database.columns('sessions');
    this.#sessionColumns = columns.has('id') ? sessionColumns.filter((name) => columns.has(name)) : [];
    this.#recordedSinceMs = this.#requests === null ? null : recordedSince(database);
  }

  readSlice(sink: Sink): boolean {
    const requests = this.#requests?.next() ?? [];
    const rows = requests.length > 0 ? requests : (this.#messages?.next() ?? []);
    const sessions = new Map<string, LogRecord>();
    for (const { values } of rows) {
      const key = idOf(values, 'session_id');
      if (key !== null && !sessions.has(key)) sessions.set(key, this.#findSession(key));
    }
    const firsts = new Map([...sessions.keys()].map((key) => [key, this.#firstRequestOf(key)]));
    const imported = new Set(
      [...sessions.keys()].filter((key) => this.#isImported(key, sessions.get(key) ?? {})),
    );
    // What an imported session is ahead of its requests when it goes on is what was imported.
    const isOthers = ({ values }: WalkedRow) =>
      isCarried(values) && isFirst(values, firsts) && imported.has(idOf(values, 'session_id') ?? '');
    for (const row of requests) if (!isOthers(row)) tellRequest(row, sessions, firsts, sink);
    for (const [key, session] of sessions) {
      tellSession(key, session, sink);
      const hasTotal = firsts.get(key) === null && !imported.has(key);
      const total = hasTotal ? totalOf(key, session) : null;
      if (total !== null) sink.receipt(total);
    }
    return rows.length > 0;
  }

  save(): JsonValue {
    const memory = { requests: this.#requests?.save(), messages: this.#messages?.save() };
    return JSON.parse(JSON.stringify(memory)) as JsonValue;
  }

  #findSession(id: string): LogRecord {
    if (this.#sessionColumns.length === 0) return {};
    const question = `SELECT ${this.#sessionColumns.join(', ')} FROM sessions WHERE id = ?`;
    return this.#database.rows(question, id)[0] ?? {};
  }

  /** The number of the row, `null` where none is on record. */
  #firstRequestOf(key: string): number | null {
    const question = 'SELECT rowid AS number FROM usage_ledger WHERE session_id = ? ORDER BY rowid LIMIT 1';
    const first = this.#requests === null ? undefined : this.#database.rows(question, key)[0];
    return typeof first?.number === 'number' ? first.number : null;
  }

  /**
   * Whether the sums that a session has beside its requests are another's: an import copies them to a new id, with the
   * messages and their times, but no requests. Where all that it asked itself is on record, any message older than itself
   * shows it. Before that what is spent leaves no more than a message, so a session whose last one is older than itself has
   * spent nothing; of one that goes on it cannot be told any more what was its own. One that Goose took over from a file
   * may seem imported, where the file was copied; it kept its name, which is no number of the day.
   */
  #isImported(key: string, session: LogRecord): boolean {
    const createdMs = timeOf(session, 'created_at');
    if (createdMs === null || this.#messages === null || !/^\d{8}_\d{1,5}$/.test(key)) return false;
    const isOnRecord = this.#recordedSinceMs !== null && createdMs >= this.#recordedSinceMs;
    const question = `
      SELECT created_timestamp FROM messages WHERE session_id = ? ORDER BY rowid ${isOnRecord ? 'ASC' : 'DESC'} LIMIT 1`;
    const message = this.#database.rows(question, key)[0] ?? {};
    // Some are in milliseconds.
    const messageMs = secondsOf(message, 'created_timestamp') ?? epochMsOf(message, 'created_timestamp');
    return messageMs !== null && messageMs < createdMs - clocksMs;
  }
}

/** The version of the tables with the first record of requests. */
const recordingVersion = 15;

function recordedSince(database: LogDatabase): number | null {
  const columns = database.columns('schema_version');
  if (!['version', 'applied_at'].every((name) => columns.has(name))) return null;
  const question = 'SELECT applied_at FROM schema_version WHERE version >= ? ORDER BY version LIMIT 1';
  return timeOf(database.rows(question, recordingVersion)[0] ?? {}, 'applied_at');
}

function tellSession(key: string, session: LogRecord, sink: Sink): void {
  const title = toTitle(textOf(session, 'name') ?? textOf(session, 'description') ?? '');
  const projectPath = textOf(session, 'working_dir');
  const parentKey = idOf(session, 'parent_session_id');
  const atMs = timeOf(session, 'created_at');
  sink.session({
    agent: 'goose',
    key,
    ...(parentKey !== null && parentKey !== key && { parentKey }),
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
    ...(projectPath !== null && { projectPath }),
    ...(atMs !== null && { atMs }),
  });
}

function walkOf(database: LogDatabase, table: WalkedTable | null, saved?: WalkMemory): RowWalk | null {
  return table === null ? null : new RowWalk(database, table, saved);
}

function requestTable(database: LogDatabase): WalkedTable | null {
  const columns = database.columns('usage_ledger');
  if (!requestColumns.slice(0, 2).every((name) => columns.has(name))) return null;
  const wanted = requestColumns.filter((name) => columns.has(name));
  return {
    name: 'usage_ledger',
    idColumn: "session_id || '/' || created_timestamp",
    wanted: Object.fromEntries(wanted.map((name) => [name, name])),
  };
}

/** Only to see which sessions went on. */
function messageTable(database: LogDatabase): WalkedTable | null {
  const columns = database.columns('messages');
  if (!['session_id', 'created_timestamp'].every((name) => columns.has(name))) return null;
  return {
    name: 'messages',
    idColumn: "session_id || '/' || created_timestamp",
    wanted: { session_id: 'session_id' },
  };
}

function isCarried(values: LogRecord): boolean {
  return textOf(values, 'cost_source') === carriedForward;
}

/** Of the requests of its session. */
function isFirst(values: LogRecord, firsts: ReadonlyMap<string, number | null>): boolean {
  return firsts.get(idOf(values, 'session_id') ?? '') === values.row_number;
}

function tellRequest(
  { values, isAgain }: WalkedRow,
  sessions: ReadonlyMap<string, LogRecord>,
  firsts: ReadonlyMap<string, number | null>,
  sink: Sink,
): void {
  const key = idOf(values, 'session_id');
  const isSum = isCarried(values);
  const tokens = toTokens(values, '', isSum ? isTokenSum : isTokenCount);
  const atMs = secondsOf(values, 'created_timestamp');
  const refusal = key === null ? 'malformed' : typeof tokens === 'string' ? tokens : null;
  if (key === null || typeof tokens === 'string' || atMs === null) {
    if (!isAgain) sink.refuse(refusal ?? 'implausible');
    return;
  }
  const session = sessions.get(key) ?? {};
  const isFirstRow = isFirst(values, firsts);
  sink.receipt({
    ...aroundOf(key, session),
    // Goose does not keep what the provider calls a response. Numbers of rows begin anew in each database.
    id: isFirstRow
      ? firstId(key)
      : { response: `${key}/${values.row_number}/${atMs}/${totalTokens(tokens)}`, request: '' },
    // What was spent before requests were on record is no spending of the day on which the session went on.
    atMs: (isSum && isFirstRow ? timeOf(session, 'created_at') : null) ?? atMs,
    model: nameOf(values, 'model') || modelOf(session),
    tokens,
    reportedCost: dollarsOf(values, 'cost'),
    quality: isSum ? 'sessionTotal' : hasUnknown(tokens) ? 'partial' : 'exact',
  });
}

/** The first row of a session takes the place of the sums, which a session may have before any request is on record. */
function firstId(key: string): ReceiptId {
  return { response: `${key}/first`, request: '' };
}

/** The sums of a session from before requests were on record. They grow under the same id. */
function totalOf(key: string, session: LogRecord): Receipt | null {
  const tokens = toTokens(session, 'accumulated_', isTokenSum);
  const atMs = timeOf(session, 'created_at');
  if (typeof tokens === 'string' || atMs === null || totalTokens(tokens) === 0) return null;
  return {
    ...aroundOf(key, session),
    id: firstId(key),
    atMs,
    model: modelOf(session),
    tokens,
    reportedCost: dollarsOf(session, 'accumulated_cost'),
    quality: 'sessionTotal',
  };
}

function aroundOf(key: string, session: LogRecord) {
  const provider = nameOf(session, 'provider_name');
  const projectPath = textOf(session, 'working_dir');
  return {
    agent: 'goose',
    sessionKey: key,
    claim: 'own',
    webSearches: 0,
    terms: {},
    circumstances: { ...(provider !== '' && { provider }), ...(projectPath !== null && { projectPath }) },
  } as const;
}

function modelOf(session: LogRecord): string {
  return nameOf(parseRecord(textOf(session, 'model_config_json') ?? '') ?? {}, 'model_name');
}

function secondsOf(record: LogRecord, name: string): number | null {
  const value = fieldOf(record, name);
  return typeof value === 'number' ? epochMsOf({ ms: value * 1_000 }, 'ms') : null;
}
