/** What agents reported of plans' limits, as the ledger keeps it. */

import type { AgentId } from '../domain/agent.ts';
import type { PlanReading } from '../domain/planReading.ts';
import type { Database } from './database.ts';

/** Stores a reading; how often and in what order the same was told makes no difference. */
export function storePlanReading(db: Database, reading: PlanReading): void {
  const { agent, plan, window, windowMinutes, resetsAtMs, usedPercent, atMs } = reading;
  const identity = [agent, plan ?? '', window, windowMinutes ?? 0, resetsAtMs ?? 0, usedPercent];
  db.run(insertReading, ...identity, atMs, atMs);
}

const insertReading = `
  INSERT INTO plan_reading (agent, plan, window, window_minutes, resets_ms, used_percent, first_ms, last_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms)`;

interface PlanRow {
  readonly agent: AgentId;
  readonly plan: string;
  readonly window: string;
  readonly window_minutes: number;
  readonly resets_ms: number;
  readonly used_percent: number;
  readonly last_ms: number;
}

/** The last reading of each window of each agent's plan, newest first. */
export function latestPlanReadings(db: Database): readonly PlanReading[] {
  const rows = db.all<PlanRow>(`
    SELECT agent, plan, window, window_minutes, resets_ms, used_percent, max(last_ms) AS last_ms FROM plan_reading
    GROUP BY agent, window ORDER BY last_ms DESC, agent, window`);
  return rows.map(toPlanReading);
}

/** Readings of windows of all plans, each with the time when it was told first. */
export function readingsSince(db: Database, sinceMs: number): readonly PlanReading[] {
  const sql = `
    SELECT agent, plan, window, window_minutes, resets_ms, used_percent, first_ms AS last_ms FROM plan_reading
    WHERE last_ms > ?`;
  return db.all<PlanRow>(sql, sinceMs).map(toPlanReading);
}

function toPlanReading(row: PlanRow): PlanReading {
  return {
    agent: row.agent,
    window: row.window,
    windowMinutes: row.window_minutes || null,
    usedPercent: row.used_percent,
    resetsAtMs: row.resets_ms || null,
    plan: row.plan || null,
    atMs: row.last_ms,
  };
}
