/** What of sessions decides which budgets count them. */

import type { Account, AccountChoices } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import { accountsOf } from './accounts.ts';
import type { Database } from './database.ts';

export interface ChargedSession {
  readonly agent: AgentId;
  readonly account: Account;
  /** Where it is at work; where its log does not tell, the session that started it. */
  readonly projectPath: string | null;
}

/** The place that is told nearest: SQLite takes the bare columns from the row of the least level. */
const places = `
  WITH RECURSIVE line (session, id, level) AS (
    SELECT value, value, 0 FROM json_each(?)
    UNION ALL SELECT line.session, session.parent, level + 1 FROM line JOIN session ON session.id = line.id
    WHERE session.parent IS NOT NULL
  )
  SELECT line.session AS id, fact.value AS path, min(level)
  FROM line JOIN fact ON fact.session = line.id AND fact.field = 'projectPath' GROUP BY line.session`;

/** @param sessions ids */
export function chargedSessions(
  db: Database,
  sessions: readonly number[],
  choices: AccountChoices,
): ReadonlyMap<number, ChargedSession> {
  const ids = JSON.stringify(sessions);
  const accounts = accountsOf(db, sessions, choices);
  const paths = new Map(db.all<{ id: number; path: string }>(places, ids).map(({ id, path }) => [id, path]));
  const agents = 'SELECT id, agent FROM session WHERE id IN (SELECT value FROM json_each(?))';
  return new Map(
    db.all<{ id: number; agent: AgentId }>(agents, ids).map(({ id, agent }) => {
      const [account, projectPath] = [accounts.get(id) ?? 'untold', paths.get(id) ?? null];
      return [id, { agent, account, projectPath }];
    }),
  );
}
