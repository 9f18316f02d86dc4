/** Sessions with those above them. */

import type { AgentId } from '../domain/agent.ts';
import type { Database } from './database.ts';

export interface LineMember {
  readonly id: number;
  readonly agent: AgentId;
  /** The session that started it. */
  readonly parent: number | null;
}

/** By id, the sessions of the ids and all above them. */
export type Lineage = ReadonlyMap<number, LineMember>;

/** A level of sub-agents at a time: faster by far than one recursive question, which looks at all of a line for each. */
export function lineageOf(db: Database, sessions: readonly number[]): Lineage {
  const known = new Map<number, LineMember>();
  const sql = 'SELECT id, agent, parent FROM session WHERE id IN (SELECT value FROM json_each(?))';
  for (let ids = sessions; ids.length > 0; ) {
    const members = db.all<LineMember>(sql, JSON.stringify(ids));
    for (const member of members) known.set(member.id, member);
    ids = [
      ...new Set(members.flatMap(({ parent }) => (parent === null || known.has(parent) ? [] : [parent]))),
    ];
  }
  return known;
}

/** The first that is found on the way from a session up; `undefined` where nothing is. */
export function findAbove<Found>(
  lineage: Lineage,
  session: number,
  find: (member: LineMember) => Found | undefined,
): Found | undefined {
  for (let at = lineage.get(session); at !== undefined; at = lineage.get(at.parent ?? -1)) {
    const found = find(at);
    if (found !== undefined) return found;
  }
  return undefined;
}
