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
import { commandLine, type Launcher } from './commandLine.ts';
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

function hooksText(launcher: Launcher): string | null {
  const handlers = events.map((event) => [event, handlerOf(launcher, event)] as const);
  if (handlers.some(([, handler]) => handler === null)) return null;
  const hooks = Object.fromEntries(handlers.map(([event, handler]) => [event, [handler]]));
  return `${JSON.stringify({ version: 1, hooks }, null, 2)}\n`;
}

/** Copilot CLI runs these lines as well. It has a guard of its own, and takes what fails before a tool for a refusal. */
function handlerOf(launcher: Launcher, event: string) {
  const [posix, powershell] = (['posix', 'powershell'] as const).map((shell) =>
    commandLine(shell, launcher, id, event),
  );
  if (!posix || !powershell) return null;
  return {
    type: 'command',
    bash: `[ -n "$COPILOT_CLI" ] || ${posix}`,
    powershell: `if (-not $env:COPILOT_CLI) { ${powershell} }`,
    timeoutSec: 10,
  };
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
