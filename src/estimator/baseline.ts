/** What an agent sends along by itself: its system prompt and its tools, learned from the first prompts of sessions. */

import { type AgentId, agentIds } from '../domain/agent.ts';
import { isOfProject } from '../domain/project.ts';
import { quantile } from '../domain/quantile.ts';
import type { Variance } from '../domain/variance.ts';

export interface Baseline {
  readonly agent: AgentId;
  readonly tokens: number;
  /** See `Estimate.errorShare`: how far the sessions that it was learned from are apart. */
  readonly errorShare: number;
  /** How many sessions it was learned from. */
  readonly sessions: number;
  /** Whether these were sessions of the project that was asked for, or of others where it has none. */
  readonly isOfProject: boolean;
}

/** Tools and instructions change: older sessions than this say nothing of the next one. */
const mostSessions = 9;

/** A single session tells nothing of how far the next one is off. */
const unknownErrorShare = 0.25;
/** Equal sessions are no proof that the next one is the same. */
const leastErrorShare = 0.02;

/**
 * One for each agent with openings, the median over its last sessions.
 *
 * @param newestFirst openings of one family of models, on one scale
 * @param factor what the estimates of the family are calibrated by
 */
export function baselinesOf(
  newestFirst: readonly Variance[],
  factor: number,
  projectPath: string | null,
): readonly Baseline[] {
  return agentIds.flatMap((agent) => {
    const openings = newestFirst.filter((opening) => opening.agent === agent);
    return openings.length === 0 ? [] : [baselineOf(agent, openings, factor, projectPath)];
  });
}

function baselineOf(
  agent: AgentId,
  openings: readonly Variance[],
  factor: number,
  projectPath: string | null,
): Baseline {
  const own = openings.filter((opening) => isOfProject(opening.projectPath, projectPath));
  const used = (own.length > 0 ? own : openings).slice(0, mostSessions);
  const unseen = used.map(({ billedTokens, estimatedTokens }) => billedTokens - estimatedTokens * factor);
  const tokens = Math.max(0, Math.round(quantile(unseen, 0.5) ?? 0));
  return {
    agent,
    tokens,
    errorShare: spread(unseen, tokens),
    sessions: used.length,
    isOfProject: own.length > 0,
  };
}

/** The largest distance from the middle, as a share of it; all of it at the most. */
function spread(values: readonly number[], middle: number): number {
  if (values.length < 2 || middle === 0) return unknownErrorShare;
  const distances = values.map((value) => Math.abs(value - middle) / middle);
  return Math.min(1, Math.max(leastErrorShare, ...distances));
}
