/** Version 1: messages and their parts lie in tables of their own. */

import { fieldOf, idOf, type LogRecord, nameOf, parseRecord } from '../fields.ts';
import type { LogDatabase } from '../reader.ts';
import {
  anyTokensIn,
  type Details,
  descending,
  isOversized,
  jsonIn,
  type Store,
  type StoredCall,
} from './store.ts';

/** The store, `null` where the database has no such tables. */
export function version1(database: LogDatabase): Store | null {
  const columns = database.columns('message');
  if (!['id', 'session_id', 'data'].every((name) => columns.has(name))) return null;
  const byTime = columns.has('time_created') ? 'time_created, id' : 'id';
  const hasParts = ['id', 'message_id', 'data'].every((name) => database.columns('part').has(name));
  return {
    version: 1,
    table: {
      name: 'message',
      idColumn: 'id',
      ...(columns.has('time_updated') && { updatedColumn: 'time_updated' }),
      wanted: {
        session: 'session_id',
        is_oversized: isOversized('data'),
        // Summaries of a prompt's changes and old copies of the system prompt may be large.
        message: `json_remove(${jsonIn('data')}, '$.summary', '$.system')`,
      },
    },
    details: (from, messageId) => (hasParts ? partsOf(from, messageId) : { steps: [], calls: [] }),
    firstPrompt: hasParts ? firstPrompt(byTime) : null,
    newest: `SELECT ${jsonIn('data')} AS message FROM message WHERE session_id = ? ORDER BY ${descending(byTime)} LIMIT 1`,
    anyTokens: anyTokensIn(
      `SELECT ${jsonIn('data')} AS message FROM message WHERE session_id = ? ORDER BY ${byTime}`,
    ),
  };
}

const sliceParts = 256;

/** Of the parts only those of steps and tools, without what tools were given back. */
export const partsSql = `
  SELECT id, type,
    json_extract(data, '$.reason') AS reason, json_extract(data, '$.cost') AS cost,
    data -> '$.tokens' AS tokens, data -> '$.model' AS model,
    json_extract(data, '$.callID') AS call, json_extract(data, '$.tool') AS tool,
    json_extract(data, '$.state.status') AS status, data -> '$.state.input' AS input,
    json_extract(data, '$.state.metadata.exit') AS exit,
    octet_length(coalesce(json_extract(data, '$.state.output'), json_extract(data, '$.state.error'))) AS result_bytes
  FROM (
    SELECT id, data, json_extract(data, '$.type') AS type
    FROM (SELECT id, ${jsonIn('data')} AS data FROM part WHERE message_id = ? AND id > ? ORDER BY id LIMIT ${sliceParts})
  )`;

function partsOf(database: LogDatabase, messageId: string): Details {
  const steps: LogRecord[] = [];
  const calls: StoredCall[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const rows: readonly LogRecord[] = database.rows(partsSql, messageId, after);
    for (const row of rows) {
      if (row.type === 'step-finish') steps.push(toStep(row));
      else if (row.type === 'tool') calls.push({ step: steps.length, call: toCall(row) });
    }
    after = rows.length < sliceParts ? null : idOf(rows.at(-1) ?? {}, 'id');
  }
  return { steps, calls };
}

function toStep(row: LogRecord): LogRecord {
  return { ...row, tokens: parseRecord(String(row.tokens)), model: parseRecord(String(row.model)) };
}

function toCall(row: LogRecord): LogRecord {
  const status = nameOf(row, 'status');
  const isDone = status === 'completed' || status === 'error';
  return {
    id: idOf(row, 'call') ?? idOf(row, 'id'),
    name: nameOf(row, 'tool'),
    input: fieldOf(row, 'input'),
    ...(isDone && {
      resultBytes: fieldOf(row, 'result_bytes') ?? 0,
      isFailed: status === 'error' || hasFailed(row),
    }),
  };
}

/** A command that failed is a completed call, and a tool that there is not is one called `invalid`. */
function hasFailed(row: LogRecord): boolean {
  const exit = fieldOf(row, 'exit');
  return (typeof exit === 'number' && exit !== 0) || nameOf(row, 'tool') === 'invalid';
}

const firstMessages = 4;

function firstPrompt(byTime: string): string {
  return `
    SELECT substr(json_extract(data, '$.text'), 1, 480) AS text
    FROM (
      SELECT part.id, first.place, ${jsonIn('part.data')} AS data
      FROM (
        SELECT id, row_number() OVER () AS place
        FROM (SELECT id, ${jsonIn('data')} AS message FROM message WHERE session_id = ? ORDER BY ${byTime} LIMIT ${firstMessages})
        WHERE json_extract(message, '$.role') = 'user'
      ) AS first
      JOIN part ON part.message_id = first.id
    )
    WHERE json_extract(data, '$.type') = 'text' AND json_extract(data, '$.synthetic') IS NOT 1
    ORDER BY place, id LIMIT 1`;
}
