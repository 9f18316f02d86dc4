/** Which logs were written to lately. */

import type { AgentId } from '../domain/agent.ts';
import type { Database } from './database.ts';
import type { Root } from './discover.ts';

export interface RecentLog {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
}

/**
 * Logs that could be opened when they were last looked at, the one written last first.
 *
 * @param roots those with another system's logs are left out: that system may be at rest, and asking would wake it
 */
export function recentLogs(
  db: Database,
  roots: readonly Pick<Root, 'realPath' | 'isForeign'>[],
  sinceMs: number,
  limit: number,
): readonly RecentLog[] {
  const sql = `
    SELECT agent, path, size FROM source
    WHERE mtime_us >= ? AND is_unreadable = 0 AND root IN (SELECT value FROM json_each(?))
    ORDER BY mtime_us DESC LIMIT ?`;
  const own = roots.flatMap(({ realPath, isForeign }) => (isForeign ? [] : [realPath]));
  return db.all<RecentLog>(sql, sinceMs * 1_000, JSON.stringify(own), limit);
}
