/** What is tried with the product's own guard. */

import { faultCases } from './faultCases.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { type RunawayCase, stoppedCase } from './runawayCase.ts';

const stopped = stoppedCase('stopped');
const subAgentsStopped = stoppedCase('sub-agents-stopped', ['reader', 'writer']);

export function guardCasesOf({ agent: { agent } }: RunawayAgent): readonly RunawayCase[] {
  return [stopped, subAgentsStopped, ...(agent === 'claude-code' ? faultCases : [])];
}
