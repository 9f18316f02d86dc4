/** What is asked of the database of an agent of OpenClaw. */

export const rowsAtATime = 500;

export const selectMark =
  'SELECT 1 AS found FROM transcript_events WHERE rowid = ? AND session_id = ? AND seq = ? AND created_at = ?';

/** @param packed the column with packed events, or `NULL` */
export const selectEvents = (packed: string) => `
  SELECT rowid AS row, session_id AS session, seq, created_at, event_json AS event, ${packed} AS packed
  FROM transcript_events WHERE rowid > ? ORDER BY rowid LIMIT ${rowsAtATime}`;

/** A table of sessions that were put away, each in one value. */
export interface ArchiveTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** What of a row tells how to read it, see `takeArchive`. */
  readonly how: string;
  /** Which of its rows hold a session. */
  readonly which: string;
}

export const archiveTable: ArchiveTable = {
  table: 'session_transcript_archives',
  columns: ['session_id', 'generation', 'encoding', 'archive_blob', 'published_at'],
  how: 'encoding, published_at IS NULL AS is_pending, 0 AS is_cold',
  which: 'TRUE',
};

/** Mostly the sessions are in files, of which it has the names. */
export const coldTable: ArchiveTable = {
  table: 'session_transcript_cold_archives',
  columns: ['session_id', 'generation', 'storage', 'archive_blob'],
  how: "'zstd' AS encoding, 1 AS is_pending, 1 AS is_cold",
  which: "storage = 'sqlite'",
};

export const selectArchiveMark = ({ table }: ArchiveTable) =>
  `SELECT 1 AS found FROM ${table} WHERE rowid = ? AND session_id = ? AND generation = ?`;

/** A larger value is left where it is. */
const mostArchiveBytes = 16 << 20;

/** One at a time: each is a whole session. */
export const selectArchive = ({ table, how, which }: ArchiveTable) => `
  SELECT rowid AS row, session_id AS session, generation, ${how},
    CASE WHEN length(archive_blob) <= ${mostArchiveBytes} THEN archive_blob END AS archive
  FROM ${table} WHERE rowid > ? AND ${which} ORDER BY rowid LIMIT 1`;

const wanted = [
  'label',
  'displayName',
  'subject',
  'cliSessionBindings',
  'cliSessionIds',
  'claudeCliSessionId',
];

/** Where an agent's database has its index of conversations. */
export interface EntryTable {
  readonly table: 'session_nodes' | 'session_entries';
  /** The column with the session that a conversation is at. */
  readonly session: string;
  /** The table that tells since when a conversation was at which session. */
  readonly windows: string;
}

/** By version, the newest first. */
export const entryTables: readonly EntryTable[] = [
  { table: 'session_nodes', session: 'current_session_id', windows: 'session_windows' },
  { table: 'session_entries', session: 'session_id', windows: 'sessions' },
];

export const windowColumns = ['session_id', 'session_key', 'created_at'];

/**
 * An entry holds much else, such as all that is said of skills. What started a session is named by its conversation, which
 * may be at another session since.
 *
 * @param hasWindows whether the database has the table of windows
 */
export const selectEntries = ({ table, session, windows }: EntryTable, hasWindows: boolean) => `
  SELECT session_key AS name, ${session} AS session, updated_at,
    CASE WHEN json_valid(entry_json)
      THEN json_object(${wanted.map((field) => `'${field}', json_extract(entry_json, '$.${field}')`).join(', ')})
    END AS entry,
    CASE WHEN json_valid(entry_json) THEN (
      SELECT ifnull(${hasWindows ? windowAt(windows, `${table}.${session}`) : 'NULL'}, parent.${session}) FROM ${table} parent
      WHERE parent.session_key = json_extract(${table}.entry_json, '$.spawnedBy')
    ) END AS parent
  FROM ${table} WHERE (updated_at, session_key) > (?, ?)
  ORDER BY updated_at, session_key LIMIT ${rowsAtATime}`;

/** The session that the conversation of `parent` was at when another session began. */
const windowAt = (windows: string, begun: string) => `(
        SELECT session_id FROM ${windows} own WHERE own.session_key = parent.session_key
          AND own.created_at <= (SELECT created_at FROM ${windows} WHERE session_id = ${begun})
        ORDER BY own.created_at DESC LIMIT 1)`;
