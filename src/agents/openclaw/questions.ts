/** What is asked of the database of an agent of OpenClaw. */

export const rowsAtATime = 500;

export const selectMark =
  'SELECT 1 AS found FROM transcript_events WHERE rowid = ? AND session_id = ? AND seq = ? AND created_at = ?';

/** @param packed the column with packed events, or `NULL` */
export const selectEvents = (packed: string) => `
  SELECT rowid AS row, session_id AS session, seq, created_at, event_json AS event, ${packed} AS packed
  FROM transcript_events WHERE rowid > ? ORDER BY rowid LIMIT ${rowsAtATime}`;

export const selectArchiveMark =
  'SELECT 1 AS found FROM session_transcript_archives WHERE rowid = ? AND session_id = ? AND generation = ?';

/** A larger value is left where it is. */
const mostArchiveBytes = 16 << 20;

/** One at a time: each is a whole session. */
export const selectArchive = `
  SELECT rowid AS row, session_id AS session, generation, encoding, published_at IS NULL AS is_pending,
    CASE WHEN length(archive_blob) <= ${mostArchiveBytes} THEN archive_blob END AS archive
  FROM session_transcript_archives WHERE rowid > ? ORDER BY rowid LIMIT 1`;

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
}

/** By version, the newest first. */
export const entryTables: readonly EntryTable[] = [
  { table: 'session_nodes', session: 'current_session_id' },
  { table: 'session_entries', session: 'session_id' },
];

/** An entry holds much else, such as all that is said of skills. */
export const selectEntries = ({ table, session }: EntryTable) => `
  SELECT session_key AS name, ${session} AS session, updated_at,
    CASE WHEN json_valid(entry_json)
      THEN json_object(${wanted.map((field) => `'${field}', json_extract(entry_json, '$.${field}')`).join(', ')})
    END AS entry,
    CASE WHEN json_valid(entry_json) THEN (
      SELECT parent.${session} FROM ${table} parent
      WHERE parent.session_key = json_extract(${table}.entry_json, '$.spawnedBy')
    ) END AS parent
  FROM ${table} WHERE (updated_at, session_key) > (?, ?)
  ORDER BY updated_at, session_key LIMIT ${rowsAtATime}`;
