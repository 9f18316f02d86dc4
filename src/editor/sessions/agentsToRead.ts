/** Whose logs are read: all that are not unticked, and those that must be ticked. */

import { settingDefaults } from '../../contributions.ts';
import type { AgentId } from '../../domain/agent.ts';

/** @param ticked the setting, of which nothing but a yes or no counts */
export function isToRead(agent: AgentId, ticked: Readonly<Record<string, unknown>>): boolean {
  const choice = Object.hasOwn(ticked, agent) ? ticked[agent] : null;
  return typeof choice === 'boolean' ? choice : settingDefaults['tokenBurn.agents.read'][agent];
}
