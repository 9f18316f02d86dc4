/** What of sessions decides which budgets count them. */

import type { Account, AccountChoices } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import { accountsOf } from './accounts.ts';
import type { Database } from './database.ts';
import { findAbove, type Lineage, lineageOf } from './lineage.ts';

export interface ChargedSession {
  readonly agent: AgentId;
  readonly account: Account;
  /** Where it is at work; where its log does not tell, the session that started it. */
  readonly projectPath: string | null;
}

/** What is to be looked up; what is not is `untold` and `null`. */
export interface Asked {
  readonly account: boolean;
  readonly place: boolean;
}

const everything: Asked = { account: true, place: true };

/** @param sessions ids */
export function chargedSessions(
  db: Database,
  sessions: readonly number[],
  choices: AccountChoices,
  asked = everything,
): ReadonlyMap<number, ChargedSession> {
  const lineage = lineageOf(db, sessions);
  const accounts = accountsOf(db, asked.account ? sessions : [], choices, lineage);
  const places = asked.place ? placesOf(db, lineage) : new Map<number, string>();
  return new Map(
    sessions.flatMap((session) => {
      const agent = lineage.get(session)?.agent;
      if (agent === undefined) return [];
      const projectPath = findAbove(lineage, session, ({ id }) => places.get(id)) ?? null;
      return [[session, { agent, account: accounts.get(session) ?? 'untold', projectPath }]];
    }),
  );
}

function placesOf(db: Database, lineage: Lineage): ReadonlyMap<number, string> {
  const sql = `
    SELECT session AS id, value AS path FROM fact
    WHERE session IN (SELECT value FROM json_each(?)) AND field = 'projectPath'`;
  const rows = db.all<{ id: number; path: string }>(sql, JSON.stringify([...lineage.keys()]));
  return new Map(rows.map(({ id, path }) => [id, path]));
}
