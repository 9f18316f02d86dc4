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

export function unguardedSessions(db: Database, query: UnguardedQuery): readonly UnguardedSession[] {
  return rootsAtWork(db, query.nowMs).flatMap((root) => unguardedSession(db, root, query) ?? []);
}

/** Ids of the sessions of which it is told. */
export function rootsAtWork(db: Database, nowMs: number): readonly number[] {
  return rootsActiveSince(db, nowMs - recentMs);
}

/**
 * After a beat one response may come without another: the last of a turn calls no tool. Nor need the first one of all be
 * asked for, as some agents ask before tools alone. Two that come, the last of them a minute later, have passed the guard
 * by.
 *
 * @param root id of a session that is no sub-agent @returns `null` for one that is guarded, or not known to be otherwise
 */
export function unguardedSession(
  db: Database,
  root: number,
  { folder, installedMs }: UnguardedQuery,
): UnguardedSession | null {
  const tree = sessionsOf(db, root).filter(({ agent }) => installedMs.has(agent));
  const [session] = tree;
  if (session === undefined) return null;
  const beats = tree.flatMap((each) => beatMsOf(folder, each) ?? []);
  const beatMs = beats.length === 0 ? null : Math.max(...beats);
  const sinceMs = Math.max(beatMs ?? 0, installedMs.get(session.agent) ?? 0);
  const { responses, firstMs, lastMs } = responsesSince(db, root, sinceMs);
  const isPast = responses > 1 && lastMs >= (beatMs === null ? firstMs : sinceMs) + graceMs;
  return isPast ? { session, beatMs, lastMs, responses } : null;
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

interface Responses {
  readonly responses: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

function responsesSince(db: Database, root: number, sinceMs: number): Responses {
  const sql = `${treeOf}
    SELECT count(*) AS responses, ifnull(min(at_ms), 0) AS firstMs, ifnull(max(at_ms), 0) AS lastMs
    FROM counted JOIN tree ON tree.id = counted.session WHERE at_ms > ?`;
  return db.get(sql, JSON.stringify([root]), sinceMs) ?? { responses: 0, firstMs: 0, lastMs: 0 };
}
