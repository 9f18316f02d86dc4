/**
 * Reads conversations from Cursor's table in the order of row numbers: a row that is written again gets a new one, so
 * that only what is new is looked at.
 */

import type { DatabaseParser, JsonValue, LogDatabase, Sink } from '../reader.ts';
import { tellConversation } from './conversation.ts';

const table = 'cursorDiskKV';
const keyPrefix = 'composerData:';

/** Most keys are of messages, which are passed over. */
const keysAtOnce = 2_000;
/** A conversation may be a megabyte. */
const conversationsAtOnce = 50;

export class ConversationTable implements DatabaseParser {
  readonly #database: LogDatabase;
  #lastRow: number;
  readonly #hasTable: boolean;

  constructor(database: LogDatabase, saved?: JsonValue) {
    this.#database = database;
    this.#lastRow = typeof saved === 'number' ? saved : 0;
    const columns = database.columns(table);
    this.#hasTable = columns.has('key') && columns.has('value');
    if (this.#hasTable && this.#newestRow() < this.#lastRow) this.#lastRow = 0;
  }

  save(): JsonValue {
    return this.#lastRow;
  }

  readSlice(sink: Sink): boolean {
    if (!this.#hasTable) return false;
    const rows = this.#database.rows(selectKeys, this.#lastRow, keysAtOnce);
    let left = conversationsAtOnce;
    for (const { row, key } of rows) {
      if (typeof row !== 'number') continue;
      const isConversation = typeof key === 'string' && key.startsWith(keyPrefix);
      if (isConversation && left-- === 0) return true;
      if (isConversation) this.#tell(row, sink);
      this.#lastRow = row;
    }
    return rows.length === keysAtOnce;
  }

  #tell(row: number, sink: Sink): void {
    const [conversation] = this.#database.rows(selectConversation, row);
    const json = conversation?.json;
    if (typeof json === 'string') tellConversation(json, sink);
    else if (conversation !== undefined) sink.refuse('malformed');
  }

  #newestRow(): number {
    const [newest] = this.#database.rows(`SELECT max(rowid) AS row FROM ${table}`);
    return typeof newest?.row === 'number' ? newest.row : 0;
  }
}

const selectKeys = `SELECT rowid AS row, key FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`;

/** The parts that are needed of a value that may hold a whole conversation; none where it is no JSON. */
const selectConversation = `
  SELECT CASE WHEN json_valid(text) THEN json_object(
    'composerId', json_extract(text, '$.composerId'),
    'name', substr(json_extract(text, '$.name'), 1, 1000),
    'createdAt', json_extract(text, '$.createdAt'),
    'lastUpdatedAt', json_extract(text, '$.lastUpdatedAt'),
    'status', json_extract(text, '$.status'),
    'modelName', json_extract(text, '$.modelConfig.modelName'),
    'contextTokensUsed', json_extract(text, '$.contextTokensUsed'),
    'messages', json_array_length(text, '$.fullConversationHeadersOnly'),
    'usageData', json_extract(text, '$.usageData'),
    'subComposerIds', json_extract(text, '$.subComposerIds')
  ) END AS json
  FROM (SELECT CAST(value AS TEXT) AS text FROM ${table} WHERE rowid = ?)`;
