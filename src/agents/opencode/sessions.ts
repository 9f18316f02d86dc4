/** The sessions of a store, looked up as their messages are met. */

import type { AgentId } from '../../domain/agent.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { epochMsOf, idOf, type LogRecord, nameOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { LogDatabase } from '../reader.ts';

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

export class Sessions {
  readonly #database: LogDatabase;
  readonly #questions: readonly string[];

  constructor(database: LogDatabase) {
    this.#database = database;
    this.#questions = ['session_v2', 'session'].flatMap((table) => {
      const columns = database.columns(table);
      const wanted = wantedColumns.filter((name) => columns.has(name));
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
