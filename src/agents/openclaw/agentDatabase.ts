/**
 * The database in which newer versions keep all sessions of an agent: a row an event, in the form of Pi's lines. Those
 * that were deleted are put away whole, in a row each, from which OpenClaw makes the archives among its files, and so are
 * those that have rested for long.
 */

import { idOf, type LogRecord, parseRecord } from '../fields.ts';
import { type Memory, newMemory } from '../pi/memory.ts';
import { takeRecord } from '../pi/sessionParser.ts';
import type { DatabaseFormat, DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { takeArchive } from './archive.ts';
import {
  archiveTable,
  coldTable,
  entryTables,
  rowsAtATime,
  selectArchive,
  selectArchiveMark,
  selectEntries,
  selectEvents,
  selectMark,
  windowColumns,
} from './questions.ts';
import { say } from './sessionEntry.ts';
import { unpack } from './unpack.ts';

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
  /** The last session put away that was read. */
  archive: ArchiveMark;
  /** The last session put into cold storage in the database that was read. */
  cold: ArchiveMark;
  /** What is remembered of the sessions that had events last, the oldest first. */
  sessions: readonly Memory[];
}

interface EventMark {
  readonly row: number;
  readonly session: string;
  readonly seq: number;
  readonly createdAt: number;
}

interface ArchiveMark {
  readonly row: number;
  readonly session: string;
  readonly generation: string;
}

const start: Cursor = {
  event: { row: 0, session: '', seq: 0, createdAt: 0 },
  entry: { updatedAt: 0, name: '' },
  archive: { row: 0, session: '', generation: '' },
  cold: { row: 0, session: '', generation: '' },
  sessions: [],
};

const mostEventBytes = 4 << 20;

const archiveTables = { archive: archiveTable, cold: coldTable } as const;

type ArchiveName = keyof typeof archiveTables;

const archiveNames: readonly ArchiveName[] = ['archive', 'cold'];

/** A session that is forgotten only loses the number of its turn, and calls that wait for a result. */
const mostSessions = 32;

class AgentDatabaseParser implements DatabaseParser {
  readonly #database: LogDatabase;
  readonly #cursor: Cursor;
  readonly #hasEvents: boolean;
  /** Which tables of sessions that were put away are there. */
  readonly #archives: readonly ArchiveName[];
  readonly #selectEvents: string;
  /** `null` where there is no index of conversations that is known. */
  readonly #selectEntries: string | null;

  constructor(database: LogDatabase, saved: Cursor | undefined) {
    this.#database = database;
    this.#hasEvents = hasColumns(database, 'transcript_events', [
      'session_id',
      'seq',
      'event_json',
      'created_at',
    ]);
    const entries = entryTables.find(({ table, session }) =>
      hasColumns(database, table, ['session_key', session, 'entry_json', 'updated_at']),
    );
    this.#selectEntries =
      entries === undefined
        ? null
        : selectEntries(entries, hasColumns(database, entries.windows, windowColumns));
    this.#archives = archiveNames.filter((name) => {
      const { table, columns } = archiveTables[name];
      return hasColumns(database, table, columns);
    });
    const hasPacked = hasColumns(database, 'transcript_events', ['event_zstd']);
    this.#selectEvents = selectEvents(hasPacked ? 'event_zstd' : 'NULL');
    const known = saved ?? start;
    this.#cursor = { ...known };
    if (!this.#isStillThere(known.event)) Object.assign(this.#cursor, { event: start.event, sessions: [] });
    for (const name of this.#archives) {
      if (!this.#isStillPutAway(name, known[name])) this.#cursor[name] = start[name];
    }
  }

  save(): JsonValue {
    return structuredClone(this.#cursor) as unknown as JsonValue;
  }

  readSlice(sink: Sink): boolean {
    const hasMoreEvents = this.#hasEvents && this.#readEvents(sink);
    const hasMoreEntries = this.#selectEntries !== null && this.#readEntries(this.#selectEntries, sink);
    const read = this.#archives.filter((name) => this.#readArchive(name, sink));
    return hasMoreEvents || hasMoreEntries || read.length > 0;
  }

  #isStillThere({ row, session, seq, createdAt }: EventMark): boolean {
    if (row === 0 || !this.#hasEvents) return true;
    return this.#database.rows(selectMark, row, session, seq, createdAt).length > 0;
  }

  #isStillPutAway(name: ArchiveName, { row, session, generation }: ArchiveMark): boolean {
    if (row === 0) return true;
    return this.#database.rows(selectArchiveMark(archiveTables[name]), row, session, generation).length > 0;
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
    const text =
      typeof event === 'string' ? event : (unpack(packed, mostEventBytes)?.toString('utf8') ?? null);
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

  #readEntries(question: string, sink: Sink): boolean {
    const { updatedAt, name } = this.#cursor.entry;
    const rows = this.#database.rows(question, updatedAt, name);
    for (const row of rows) {
      const name = String(row.name);
      this.#cursor.entry = { updatedAt: Number(row.updated_at), name };
      const key = idOf(row, 'session');
      const entry = typeof row.entry === 'string' ? parseRecord(row.entry) : null;
      if (key !== null && entry !== null) say({ key, name, entry, parentKey: idOf(row, 'parent') }, sink);
    }
    return rows.length === rowsAtATime;
  }

  /** Returns whether there was another session. */
  #readArchive(name: ArchiveName, sink: Sink): boolean {
    const [row] = this.#database.rows(selectArchive(archiveTables[name]), this.#cursor[name].row);
    if (row === undefined) return false;
    takeArchive(row, sink);
    const { session, generation } = row;
    this.#cursor[name] = {
      row: Number(row.row),
      session: String(session),
      generation: String(generation),
    };
    return true;
  }
}

function hasColumns(database: LogDatabase, table: string, names: readonly string[]): boolean {
  const columns = database.columns(table);
  return names.every((name) => columns.has(name));
}
