/** The agents that a guard can stop. */

import type { AgentId } from '../../domain/agent.ts';
import type { AgentGuard } from './agentGuard.ts';
import { claudeCodeGuard } from './claudeCode.ts';

export const agentGuards: readonly AgentGuard[] = [claudeCodeGuard];

export function guardOf(agent: AgentId): AgentGuard | null {
  return agentGuards.find(({ id }) => id === agent) ?? null;
}
