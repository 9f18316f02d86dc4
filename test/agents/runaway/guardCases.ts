/** What is tried with the product's own guard. */

import type { RunawayAgent } from './runawayAgents.ts';
import { type RunawayCase, stoppedCase } from './runawayCase.ts';

export function guardCasesOf({ agent }: RunawayAgent): readonly RunawayCase[] {
  const subAgents = stoppedCase('sub-agents-stopped', ['reader', 'writer']);
  return agent.agent === 'copilot-cli' ? [stoppedCase('stopped')] : [stoppedCase('stopped'), subAgents];
}
