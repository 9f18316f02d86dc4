/** How one generation of OpenCode keeps messages in its database. */

import type { LogRecord } from '../fields.ts';
import type { LogDatabase } from '../reader.ts';
import type { WalkedTable } from '../rowWalk.ts';

/** A call of a tool, with the step in which it was made. */
export interface StoredCall {
  /** Index of the step among those of the message. */
  readonly step: number;
  readonly call: LogRecord;
}

/** What lies beside a message. */
export interface Details {
  readonly steps: readonly LogRecord[];
  readonly calls: readonly StoredCall[];
}

export interface Store {
  readonly version: 1 | 2;
  readonly table: WalkedTable;
  /** The steps and calls of a message. */
  details(database: LogDatabase, messageId: string): Details;
  /** The question for how the first prompt of a session begins, with the session as its one value. */
  readonly firstPrompt: string | null;
  /** The question for the newest message of a session, given likewise. */
  readonly newest: string;
  /** The question whether a session has a message with tokens, given likewise. */
  readonly anyTokens: string;
}

/** What a larger value holds is not read: half a million of them may lie in one store. */
const mostBytes = 16 << 20;

/** The JSON in a column, `NULL` where it is too large or none. */
export function jsonIn(column: string): string {
  return `CASE WHEN typeof(${column}) = 'text' AND octet_length(${column}) <= ${mostBytes} AND json_valid(${column})
    THEN ${column} END`;
}

/** Why {@link jsonIn} gives nothing, as a number that is true where the value is too large. */
export function isOversized(column: string): string {
  return `octet_length(${column}) > ${mostBytes}`;
}

/** The question whether any message that another question gives as `message` has tokens. */
export function anyTokensIn(messages: string): string {
  const counts = ['input', 'output', 'cache.read', 'cache.write'];
  const conditions = counts.map((name) => `json_extract(message, '$.tokens.${name}') + 0 > 0`);
  return `SELECT 1 FROM (${messages}) WHERE ${conditions.join(' OR ')} LIMIT 1`;
}

export function descending(columns: string): string {
  return columns.replaceAll(/\w+/g, '$& DESC');
}
