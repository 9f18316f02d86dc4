/** What is tried with the product's own guard. */

import type { AgentId } from '../../../src/domain/agent.ts';
import { faultCases } from './faultCases.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { type RunawayCase, stoppedCase } from './runawayCase.ts';

const stopped = stoppedCase('stopped');
const subAgentsStopped = stoppedCase('sub-agents-stopped', ['reader', 'writer']);

/**
 * Agents whose sub-agents no answer of a hook ends. Qwen Code asks nothing before their requests, and refuses their tools
 * in vain: of 40 calls 37 came after the block. A sub-agent that has not begun is refused.
 */
const unstoppable: readonly AgentId[] = ['qwen-code'];

export function guardCasesOf({ agent: { agent } }: RunawayAgent): readonly RunawayCase[] {
  return [
    stopped,
    ...(unstoppable.includes(agent) ? [] : [subAgentsStopped]),
    ...(agent === 'claude-code' ? faultCases : []),
  ];
}
