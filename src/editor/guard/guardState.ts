/** Whether a session of an agent can be stopped from here. */

import type { AgentId } from '../../domain/agent.ts';
import { guardOf } from '../../guard/agents/agentGuards.ts';
import { type GuardPlace, launcherIn } from './guardPlace.ts';
import { readHookFiles } from './hookFiles.ts';

/** `impossible` for agents that no guard can stop. */
export type GuardState = 'guarded' | 'unguarded' | 'impossible';

/** By what stands in the agent's files now, whoever has put it there or taken it out. */
export async function guardStateOf(
  agent: AgentId,
  place: Pick<GuardPlace, 'dataFolder'>,
): Promise<GuardState> {
  const guard = guardOf(agent);
  if (guard === null) return 'impossible';
  const files = await readHookFiles(guard, launcherIn(place));
  return files.some(({ isGuarded }) => isGuarded) ? 'guarded' : 'unguarded';
}
