/** What is tried with the product's own guard. */

import { inEngine } from '../codex.ts';
import { faultCases } from './faultCases.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { type RunawayCase, stoppedCase } from './runawayCase.ts';

const stopped = stoppedCase('stopped');
const subAgentsStopped = stoppedCase('sub-agents-stopped', ['reader', 'writer']);

/** Its terminal says that it was interrupted, and why at the next prompt. */
const stoppedInEngine: RunawayCase = {
  name: 'stopped-in-engine',
  play: (one, sandbox) => {
    const says = { ...one.says, stopped: /"status":"interrupted"/ };
    return stopped.play({ ...one, agent: inEngine(one.agent), says }, sandbox);
  },
};

export function guardCasesOf({ agent: { agent } }: RunawayAgent): readonly RunawayCase[] {
  const more: Partial<Record<typeof agent, readonly RunawayCase[]>> = {
    'claude-code': faultCases,
    codex: [stoppedInEngine],
  };
  return [stopped, subAgentsStopped, ...(more[agent] ?? [])];
}
