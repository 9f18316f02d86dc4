/** What is tried with the product's own guard. */

import { faultCases } from './faultCases.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import { besideEditorCase, type RunawayCase, stoppedCase } from './runawayCase.ts';
import { unheardCase } from './unheardCase.ts';

const stopped = stoppedCase('stopped');
const subAgentsStopped = stoppedCase('sub-agents-stopped', ['reader', 'writer']);

const besideEditor = besideEditorCase('beside-editor');
const besideEditorWithSubAgents = besideEditorCase('beside-editor-with-sub-agents', ['reader', 'writer']);
const besideCrowdedEditor = besideEditorCase('beside-crowded-editor', [], true);

export function guardCasesOf({ agent: { agent } }: RunawayAgent): readonly RunawayCase[] {
  return [
    stopped,
    subAgentsStopped,
    besideEditor,
    besideEditorWithSubAgents,
    besideCrowdedEditor,
    // What stops Codex is the interrupt itself.
    ...(agent === 'codex' ? [] : [unheardCase]),
    ...(agent === 'claude-code' ? faultCases : []),
  ];
}
