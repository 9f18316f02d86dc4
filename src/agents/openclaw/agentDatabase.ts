/** The database in which newer versions keep all sessions of an agent: a row an event, in the form of Pi's lines. */

import { zstdDecompressSync } from 'node:zlib';
import { idOf, type LogRecord, parseRecord } from '../fields.ts';
import { type Memory, newMemory } from '../pi/memory.ts';
import { takeRecord } from '../pi/sessionParser.ts';
import type { DatabaseFormat, DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { say } from './sessionEntry.ts';

export const agentDatabase: DatabaseFormat = {
  kind: 'database',
  open: (_log, database, saved) =>
    // What the same version of this reader saved needs no check.
    new AgentDatabaseParser(database, structuredClone(saved) as Cursor | undefined),
};

interface Cursor {
  /** The last event that was read: rows are numbered anew when the last ones are deleted. */
  event: EventMark;
  /** The last change of a session's entry that was read. */
  entry: { readonly updatedAt: number; readonly name: string };
  /** What is remembered of the sessions that had events last, the oldest first. */
  sessions: readonly Memory[];
}

interface EventMark {
  readonly row: number;
  readonly session: string;
  readonly seq: number;
  readonly createdAt: number;
}

const start: Cursor = {
  event: { row: 0, session: '', seq: 0, createdAt: 0 },
  entry: { updatedAt: 0, name: '' },
  sessions: [],
};

/** A session that is forgotten only loses the number of its turn, and calls that wait for a result. */
const mostSessions = 32;
const rowsAtATime = 500;

class AgentDatabaseParser implements DatabaseParser {
  readonly #database: LogDatabase;
  readonly #cursor: Cursor;
  readonly #hasEvents: boolean;
  readonly #hasEntries: boolean;
  readonly #selectEvents: string;

  constructor(database: LogDatabase, saved: Cursor | undefined) {
    this.#database = database;
    this.#hasEvents = hasColumns(database, 'transcript_events', [
      'session_id',
      'seq',
      'event_json',
      'created_at',
    ]);
    this.#hasEntries = hasColumns(database, 'session_nodes', [
      'session_key',
      'current_session_id',
      'entry_json',
      'updated_at',
    ]);
    const hasPacked = hasColumns(database, 'transcript_events', ['event_zstd']);
    this.#selectEvents = selectEvents(hasPacked ? 'event_zstd' : 'NULL');
    const known = saved ?? start;
    this.#cursor = this.#isStillThere(known.event) ? { ...known } : { ...start, entry: known.entry };
  }

  save(): JsonValue {
    return structuredClone(this.#cursor) as unknown as JsonValue;
  }

  readSlice(sink: Sink): boolean {
    const hasMoreEvents = this.#hasEvents && this.#readEvents(sink);
    const hasMoreEntries = this.#hasEntries && this.#readEntries(sink);
    return hasMoreEvents || hasMoreEntries;
  }

  #isStillThere({ row, session, seq, createdAt }: EventMark): boolean {
    if (row === 0 || !this.#hasEvents) return true;
    return this.#database.rows(selectMark, row, session, seq, createdAt).length > 0;
  }

  #readEvents(sink: Sink): boolean {
    const rows = this.#database.rows(this.#selectEvents, this.#cursor.event.row);
    for (const row of rows) {
      this.#takeEvent(row, sink);
      this.#cursor.event = {
        row: Number(row.row),
        session: String(row.session),
        seq: Number(row.seq),
        createdAt: Number(row.created_at),
      };
    }
    return rows.length === rowsAtATime;
  }

  #takeEvent({ session, event, packed }: LogRecord, sink: Sink): void {
    const text = typeof event === 'string' ? event : unpack(packed);
    const record = text === null ? null : parseRecord(text);
    if (record === null || typeof session !== 'string' || session === '') {
      sink.refuse(text === null ? 'unreadable' : 'malformed');
    } else takeRecord(this.#memoryOf(session), record, sink);
  }

  #memoryOf(key: string): Memory {
    const { sessions } = this.#cursor;
    const known = sessions.find(({ sessionKey }) => sessionKey === key);
    const memory = known ?? { ...newMemory('openclaw', ''), sessionKey: key };
    this.#cursor.sessions = [...sessions.filter((other) => other !== known), memory].slice(-mostSessions);
    return memory;
  }

  #readEntries(sink: Sink): boolean {
    const { updatedAt, name } = this.#cursor.entry;
    const rows = this.#database.rows(selectEntries, updatedAt, name);
    for (const row of rows) {
      this.#cursor.entry = { updatedAt: Number(row.updated_at), name: String(row.name) };
      const key = idOf(row, 'session');
      const entry = typeof row.entry === 'string' ? parseRecord(row.entry) : null;
      if (key !== null && entry !== null) say({ key, entry, parentKey: idOf(row, 'parent') }, sink);
    }
    return rows.length === rowsAtATime;
  }
}

const mostEventBytes = 4 << 20;

/** Long events, and those of sessions that have rested, are packed. */
function unpack(packed: unknown): string | null {
  if (!(packed instanceof Uint8Array)) return null;
  try {
    return zstdDecompressSync(packed, { maxOutputLength: mostEventBytes }).toString('utf8');
  } catch {
    return null;
  }
}

function hasColumns(database: LogDatabase, table: string, names: readonly string[]): boolean {
  const columns = database.columns(table);
  return names.every((name) => columns.has(name));
}

const selectMark =
  'SELECT 1 AS found FROM transcript_events WHERE rowid = ? AND session_id = ? AND seq = ? AND created_at = ?';

/** @param packed the column with packed events, or `NULL` */
const selectEvents = (packed: string) => `
  SELECT rowid AS row, session_id AS session, seq, created_at, event_json AS event, ${packed} AS packed
  FROM transcript_events WHERE rowid > ? ORDER BY rowid LIMIT ${rowsAtATime}`;

const wanted = [
  'label',
  'displayName',
  'subject',
  'cliSessionBindings',
  'cliSessionIds',
  'claudeCliSessionId',
];

/** An entry holds much else, such as all that is said of skills. */
const selectEntries = `
  SELECT session_key AS name, current_session_id AS session, updated_at,
    CASE WHEN json_valid(entry_json)
      THEN json_object(${wanted.map((field) => `'${field}', json_extract(entry_json, '$.${field}')`).join(', ')})
    END AS entry,
    CASE WHEN json_valid(entry_json) THEN (
      SELECT current_session_id FROM session_nodes parent
      WHERE parent.session_key = json_extract(session_nodes.entry_json, '$.spawnedBy')
    ) END AS parent
  FROM session_nodes WHERE (updated_at, session_key) > (?, ?)
  ORDER BY updated_at, session_key LIMIT ${rowsAtATime}`;
