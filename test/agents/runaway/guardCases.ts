/** What is tried with the product's own guard. */

import { inEngine } from '../codex.ts';
import { faultCases } from './faultCases.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { besideEditorCase, type RunawayCase, stoppedCase } from './runawayCase.ts';
import { unheardCase } from './unheardCase.ts';

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

/** Its gateway serves others as well: it goes on, and the log of it says why. */
const stoppedInGateway: RunawayCase = {
  name: 'stopped-in-gateway',
  play: (one, sandbox) => stopped.play({ ...one, agent: one.withHelpers ?? one.agent }, sandbox),
};

const besideEditor = besideEditorCase('beside-editor');
const besideEditorWithSubAgents = besideEditorCase('beside-editor-with-sub-agents', ['reader', 'writer']);
const besideCrowdedEditor = besideEditorCase('beside-crowded-editor', [], true);

export function guardCasesOf({ agent: { agent }, hasNoSubAgents }: RunawayAgent): readonly RunawayCase[] {
  const own: Partial<Record<typeof agent, readonly RunawayCase[]>> = {
    'claude-code': faultCases,
    codex: [stoppedInEngine],
    openclaw: [stoppedInGateway],
  };
  return [
    stopped,
    besideEditor,
    ...(hasNoSubAgents ? [] : [subAgentsStopped, besideEditorWithSubAgents]),
    besideCrowdedEditor,
    // What stops Codex is the interrupt itself.
    ...(agent === 'codex' ? [] : [unheardCase]),
    ...(own[agent] ?? []),
  ];
}
