/** Sessions that go on without asking the guard, though its hooks are installed: their logs grow, and no beat comes. */

import type { AgentId } from '../domain/agent.ts';
import type { SessionKey } from '../domain/budget.ts';
import type { Database } from '../ledger/database.ts';
import { rootsActiveSince } from '../ledger/roots.ts';
import { treeOf } from '../ledger/sums.ts';
import { readBeat } from './beats.ts';

export interface UnguardedSession {
  readonly session: SessionKey;
  /** When it was asked for last; `null` where it never was. */
  readonly beatMs: number | null;
  /** Its last response. */
  readonly lastMs: number;
  /** Responses since the last beat. */
  readonly responses: number;
}

export interface UnguardedQuery {
  /** The guard's folder. */
  readonly folder: string;
  /** Agents whose hooks are installed, and since when: what ran before that could not ask. */
  readonly installedMs: ReadonlyMap<AgentId, number>;
  readonly nowMs: number;
}

/** A beat and the response that it belongs to may be so far apart. */
const graceMs = 60_000;
/** Of sessions that have rested for longer nobody need be told. */
const recentMs = 30 * 60_000;

/**
 * After a beat one response may come without another: the last of a turn calls no tool. Two that come, the last of them
 * a minute later, have passed the guard by.
 */
export function unguardedSessions(db: Database, query: UnguardedQuery): readonly UnguardedSession[] {
  const roots = rootsActiveSince(db, query.nowMs - recentMs);
  return roots.flatMap((root) => {
    const tree = sessionsOf(db, root).filter(({ agent }) => query.installedMs.has(agent));
    return tree.length === 0 ? [] : judge(db, root, tree, query);
  });
}

function judge(
  db: Database,
  root: number,
  tree: readonly SessionKey[],
  { folder, installedMs }: UnguardedQuery,
): readonly UnguardedSession[] {
  const [session] = tree;
  if (session === undefined) return [];
  const beats = tree.flatMap((each) => beatMsOf(folder, each) ?? []);
  const beatMs = beats.length === 0 ? null : Math.max(...beats);
  const sinceMs = Math.max(beatMs ?? 0, installedMs.get(session.agent) ?? 0);
  const { responses, lastMs } = responsesSince(db, root, sinceMs);
  const most = beatMs === null ? 0 : 1;
  return responses > most && lastMs > sinceMs + graceMs ? [{ session, beatMs, lastMs, responses }] : [];
}

/** VS Code's own agent runs Claude Code's hooks as well, where its user wants that. */
function beatMsOf(folder: string, { agent, key }: SessionKey): number | null {
  const asked = agent === 'copilot-chat' ? (['claude-code', agent] as const) : [agent];
  const beats = asked.flatMap((each) => readBeat(folder, { agent: each, key })?.atMs ?? []);
  return beats.length === 0 ? null : Math.max(...beats);
}

/** The root first. */
function sessionsOf(db: Database, root: number): readonly SessionKey[] {
  const sql = `${treeOf} SELECT agent, key FROM tree JOIN session ON session.id = tree.id ORDER BY tree.level`;
  return db.all<{ agent: AgentId; key: string }>(sql, JSON.stringify([root]));
}

function responsesSince(db: Database, root: number, sinceMs: number): { responses: number; lastMs: number } {
  const sql = `${treeOf}
    SELECT count(*) AS responses, ifnull(max(at_ms), 0) AS lastMs FROM counted JOIN tree ON tree.id = counted.session
    WHERE at_ms > ?`;
  return db.get(sql, JSON.stringify([root]), sinceMs) ?? { responses: 0, lastMs: 0 };
}
