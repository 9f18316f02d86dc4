/** What is tried with the product's own guard. */

import { installedGuard } from './installedGuard.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { type RunawayCase, stoppedBy } from './runawayCase.ts';

const sentence = /Token Burn: budget reached\. .{0,4}\$[\d.]+ of \$[\d.]+ spent/;
const wrapUp = /say what is left to do/;

export const stopped = stoppedBy('stopped', installedGuard(), { sentence, wrapUp, mostAfterCrossing: 1 });

/** One call under way in each sub-agent, and one of the main loop after it. */
export const subAgentsStopped = stoppedBy(
  'sub-agents-stopped',
  installedGuard(),
  { sentence, mostAfterCrossing: 3 },
  ['reader', 'writer'],
);

export function guardCasesOf({ agent }: RunawayAgent): readonly RunawayCase[] {
  return agent.agent === 'claude-code' ? [stopped, subAgentsStopped] : [stopped];
}
