/** The sessions of a store, looked up as their messages are met. */

import type { AgentId } from '../../domain/agent.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { epochMsOf, idOf, type LogRecord, nameOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { LogDatabase } from '../reader.ts';
import type { WalkedTable } from '../rowWalk.ts';

/** A row of the table, as far as the store has its columns. */
export type SessionRow = LogRecord;

const wantedColumns = [
  'id',
  'parent_id',
  'title',
  'directory',
  'agent',
  'model',
  'cost',
  'tokens_input',
  'tokens_output',
  'tokens_reasoning',
  'tokens_cache_read',
  'tokens_cache_write',
  'time_created',
  'time_updated',
];

/** Titles that stand for none, or only say that the session is a copy of one without. */
const placeholder = /^(?:New|Child) session - \d{4}-\d\d-\d\dT[\d:.]+Z(?: \(fork #\d+\))?$/;

const version2Table = 'session_v2';

export class Sessions {
  readonly #database: LogDatabase;
  readonly #questions: readonly string[];

  constructor(database: LogDatabase) {
    this.#database = database;
    const isInVersion1 = database.columns('session').has('id')
      ? `EXISTS (SELECT 1 FROM session WHERE session.id = ${version2Table}.id)`
      : '0';
    this.#questions = [version2Table, 'session'].flatMap((table) => {
      const columns = database.columns(table);
      const wanted = wantedColumns.filter((name) => columns.has(name));
      if (table === version2Table) wanted.push(`NOT ${isInVersion1} AS has_own_sums`);
      return columns.has('id') ? [`SELECT ${wanted.join(', ')} FROM ${table} WHERE id = ?`] : [];
    });
  }

  find(id: string): SessionRow | null {
    for (const question of this.#questions) {
      const row = this.#database.rows(question, id)[0];
      if (row !== undefined) return row;
    }
    return null;
  }
}

/** The table of sessions as one to be walked through, `null` where the database has none of version 2. */
export function sessionTable(database: LogDatabase): WalkedTable | null {
  const columns = database.columns(version2Table);
  if (!columns.has('id')) return null;
  const isTimed = columns.has('time_updated');
  return {
    name: version2Table,
    idColumn: 'id',
    wanted: {},
    ...(isTimed && { updatedColumn: 'time_updated' }),
  };
}

/**
 * Whether the sums of a session are of all that was used for it, and of that alone: whatever else is done with its
 * messages, version 2 only adds to them, and a fork begins at 0. Those that it took over from version 1 leave steps out,
 * and count reasoning twice where early versions had it in the output.
 */
export function hasOwnSums(session: SessionRow): boolean {
  return session.has_own_sums === 1;
}

/** What a session says of itself. */
export function factsOf(agent: AgentId, key: string, session: LogRecord): SessionFacts {
  const parentKey = idOf(session, 'parent_id');
  const projectPath = textOf(session, 'directory');
  const title = titleOf(session);
  const role = parentKey === null ? '' : nameOf(session, 'agent');
  return {
    agent,
    key,
    ...(parentKey !== null && parentKey !== key && { parentKey }),
    ...(projectPath !== null && { projectPath }),
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
    ...(role !== '' && { role }),
  };
}

export function titleOf(session: LogRecord): string | undefined {
  const title = textOf(session, 'title');
  return title === null || placeholder.test(title) ? undefined : toTitle(title);
}

/** A title from what the person wrote first, for a session without one of its own. */
export function promptTitle(text: unknown): SessionFacts['title'] {
  const prompt = typeof text === 'string' ? toHumanPrompt(text) : null;
  const title = prompt === null ? undefined : toTitle(prompt);
  return title === undefined ? undefined : { text: title, source: 'prompt' };
}

/** Messages from before the session began are another's: the session is a copy of it. */
export function isCopy(session: LogRecord | null, createdMs: number | null): boolean {
  const bornMs = session === null ? null : epochMsOf(session, 'time_created');
  return bornMs !== null && createdMs !== null && createdMs < bornMs;
}
