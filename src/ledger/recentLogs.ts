/** Which logs were written to lately. */

import type { AgentId } from '../domain/agent.ts';
import type { Database } from './database.ts';

export interface RecentLog {
  readonly agent: AgentId;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
}

/** Logs that could be opened when they were last looked at, the one written last first. */
export function recentLogs(db: Database, sinceMs: number, limit: number): readonly RecentLog[] {
  const sql = `
    SELECT agent, path, size FROM source WHERE mtime_us >= ? AND is_unreadable = 0
    ORDER BY mtime_us DESC LIMIT ?`;
  return db.all<RecentLog>(sql, sinceMs * 1_000, limit);
}
