/** What was refused, by the sessions that logs are named after. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Database } from '../../src/ledger/database.ts';

export interface Refusals {
  readonly agent: AgentId;
  /** `null` where no log's name tells. */
  readonly session: SessionName | null;
  /** Records, and files and folders that could not be read. */
  readonly count: number;
}

export interface SessionName {
  readonly key: string;
  readonly parentKey: string | null;
}

const refusedBySource = `
  SELECT agent, path, is_unreadable + ifnull((SELECT sum(count) FROM refusal WHERE source = source.id), 0) AS count
  FROM source WHERE count > 0 ORDER BY agent, path`;

const sessionNames = `
  SELECT session.agent, session.key, parent.key AS parentKey FROM session
  LEFT JOIN session AS parent ON parent.id = session.parent ORDER BY length(session.key) DESC, session.key`;

/** All that was refused, one entry an agent and session. */
export function refusals(db: Database): readonly Refusals[] {
  const sessions = db.all<SessionName & { readonly agent: AgentId }>(sessionNames);
  const sources = db.all<{ agent: AgentId; path: string; count: number }>(refusedBySource);
  const found = new Map<string, Refusals>();
  for (const { agent, path, count } of sources) {
    const session = sessions.find((each) => each.agent === agent && isNamedAfter(path, each.key)) ?? null;
    const identity = JSON.stringify([agent, session?.key]);
    found.set(identity, { agent, session, count: count + (found.get(identity)?.count ?? 0) });
  }
  return [...found.values()];
}

/** Whether the last part of the key stands in the name of the log, and those before it somewhere ahead of it. */
function isNamedAfter(path: string, key: string): boolean {
  const parts = key.split('/');
  const name = path.slice(path.replaceAll('\\', '/').lastIndexOf('/') + 1);
  return hasWord(name, parts.at(-1) ?? key) && parts.every((part) => hasWord(path, part));
}

/** Whether a text stands in another, and not as a part of a longer word. */
function hasWord(text: string, word: string): boolean {
  const pieces = text.split(word);
  return pieces
    .slice(1)
    .some((after, index) => !/^[a-z0-9]/i.test(after) && !/[a-z0-9]$/i.test(pieces[index] ?? ''));
}
