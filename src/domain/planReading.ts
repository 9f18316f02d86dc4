/** What an agent itself reports of a plan's limits. It is never worked out from totals. */

import type { AgentId } from './agent.ts';

/** One window of a plan, such as its five hours or its credits, as it stood at one time. */
export interface PlanReading {
  readonly agent: AgentId;
  /** What the agent calls the window, such as `primary`. */
  readonly window: string;
  /** How long the window is; `null` where the agent does not tell. */
  readonly windowMinutes: number | null;
  /** From 0 to 100, and beyond where more may be used than the plan holds. */
  readonly usedPercent: number;
  /** When the window begins anew, in milliseconds since 1970 UTC. */
  readonly resetsAtMs: number | null;
  /** What the plan is called, such as `plus`. */
  readonly plan: string | null;
  /** When it was reported, in milliseconds since 1970 UTC. */
  readonly atMs: number;
}
