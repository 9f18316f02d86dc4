/**
 * VS Code's own agent mode, Copilot Chat with models of any maker: a file of hooks in a folder that it shares with
 * Copilot CLI. A prompt is refused. No answer ends a turn: what asks for its end before a tool is taken for a fault of the
 * tool, and nobody waits for what is said after it. So the turn is held before a tool until its user has said what to do,
 * which no setting that approves of tools can say for them.
 */

import type { LogRecord } from '../../agents/fields.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { askingIn, keyIn } from './claudeInput.ts';
import type { Launcher } from './commandLine.ts';
import { copilotHooks } from './copilotHooks.ts';
import { filesBelow } from './filesBelow.ts';
import { ownFile } from './ownFile.ts';

const id = 'copilot-chat';
const events = ['UserPromptSubmit', 'PreToolUse'] as const;

export const copilotChatGuard: AgentGuard = {
  id,
  minVersion: '1.139.1',
  events,
  process: null,
  isOfEditor: true,
  hookFiles,
  ...ownFile(hooksText, ` ${id} PreToolUse`),
  toAnswer,
  sessionOf,
};

/**
 * Copilot CLI runs these lines as well. It has a guard of its own, and takes what fails before a tool for a refusal. It
 * tells its hooks alone where they lie: `COPILOT_CLI` is in its shells, too, and so in an editor that was started from one.
 */
const notInCli = {
  bash: (line: string) => `[ -n "$COPILOT_HOOK_DIR" ] || ${line}`,
  powershell: (line: string) => `if (-not $env:COPILOT_HOOK_DIR) { ${line} }`,
};

function hooksText(launcher: Launcher): string | null {
  return copilotHooks(id, events, launcher, notInCli);
}

/** It asks no variable and no setting of ours. */
function hookFiles(machine: Machine): readonly [string, ...string[]] {
  return filesBelow(machine, ['~/.copilot'], [], 'hooks', 'token-burn-chat.json');
}

function toAnswer(event: string, decision: Decision): HookAnswer {
  if (decision.kind === 'allow') return silent;
  const { kind, sentence } = decision;
  const tell = (what: object) => say({ hookSpecificOutput: { hookEventName: event, ...what } });
  if (kind === 'wrapUp') return tell({ additionalContext: sentence });
  if (event === 'PreToolUse') {
    const permissionDecision = kind === 'stop' ? 'ask' : 'deny';
    return tell({ permissionDecision, permissionDecisionReason: sentence });
  }
  return kind === 'stop' ? say({ continue: false, stopReason: sentence }) : silent;
}

function sessionOf(input: LogRecord): AskingSession | null {
  const key = keyIn(input);
  return key === null ? null : askingIn(input, id, key);
}
