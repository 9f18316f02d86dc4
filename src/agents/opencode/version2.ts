/** Version 2: one table of messages of many types, each with its parts in it. Version 1 has it, too, and leaves it empty. */

import { fieldOf, idOf, type LogRecord, nameOf } from '../fields.ts';
import type { LogDatabase } from '../reader.ts';
import { anyTokensIn, type Details, descending, isOversized, jsonIn, type Store } from './store.ts';

/** The store, `null` where the database has no such table. */
export function version2(database: LogDatabase): Store | null {
  const columns = database.columns('session_message');
  if (!['id', 'session_id', 'type', 'data'].every((name) => columns.has(name))) return null;
  const inOrder = columns.has('seq') ? 'seq' : columns.has('time_created') ? 'time_created, id' : 'id';
  return {
    version: 2,
    table: {
      name: 'session_message',
      idColumn: 'id',
      ...(columns.has('time_updated') && { updatedColumn: 'time_updated' }),
      wanted: {
        session: 'session_id',
        is_oversized: isOversized('data'),
        message: messageIn,
      },
    },
    details: contentsOf,
    firstPrompt: `
      SELECT substr(coalesce(json_extract(data, '$.text'), json_extract(data, '$.content[0].text')), 1, 480) AS text
      FROM (
        SELECT ${jsonIn('data')} AS data FROM session_message WHERE session_id = ? AND type = 'user'
        ORDER BY ${inOrder} LIMIT 1
      )`,
    newest: `
      SELECT ${messageIn} AS message FROM session_message
      WHERE session_id = ? AND type IN ('user', 'assistant') ORDER BY ${descending(inOrder)} LIMIT 1`,
    anyTokens: anyTokensIn(
      `SELECT ${jsonIn('data')} AS message FROM session_message WHERE session_id = ? AND type IN ('assistant', 'compaction')`,
    ),
  };
}

const texts = [
  'content',
  'text',
  'files',
  'summary',
  'recent',
  'native',
  'providerState',
  'providerContext',
].map((name) => `'$.${name}'`);

/** Without what was said; the type of the row takes the place of the role. */
const messageIn = `json_set(json_remove(${jsonIn('data')}, ${texts}), '$.role', type)`;

const mostCalls = 1024;

/** How a command ended; version 2.0.26 moved it. */
const exitIn = ['metadata', 'structured'].map((name) => `json_extract(value, '$.state.${name}.exit')`);

/** Calls among the contents of a message, without what they gave back. */
export const callsSql = `
  SELECT json_extract(value, '$.id') AS call, json_extract(value, '$.name') AS name,
    json_extract(value, '$.state.status') AS status, value -> '$.state.input' AS input,
    coalesce(${exitIn}) AS exit,
    (SELECT sum(octet_length(json_extract(piece.value, '$.text')))
      FROM json_each(content.value, '$.state.content') AS piece WHERE piece.type = 'object') AS result_bytes
  FROM (SELECT ${jsonIn('data')} AS data FROM session_message WHERE id = ?) AS message,
    json_each(message.data, '$.content') AS content
  WHERE content.type = 'object' AND json_extract(value, '$.type') = 'tool' LIMIT ${mostCalls}`;

function contentsOf(database: LogDatabase, messageId: string): Details {
  const calls = database
    .rows(callsSql, messageId)
    .map((row, index) => ({ step: 0, call: toCall(row, index) }));
  return { steps: [], calls };
}

function toCall(row: LogRecord, index: number): LogRecord {
  const status = nameOf(row, 'status');
  const exit = fieldOf(row, 'exit');
  const hasFailed = (typeof exit === 'number' && exit !== 0) || nameOf(row, 'name') === 'invalid';
  return {
    id: idOf(row, 'call') ?? String(index),
    name: nameOf(row, 'name'),
    input: fieldOf(row, 'input'),
    ...((status === 'completed' || status === 'error') && {
      resultBytes: fieldOf(row, 'result_bytes') ?? 0,
      isFailed: status === 'error' || hasFailed,
    }),
  };
}
