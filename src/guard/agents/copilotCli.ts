/**
 * Copilot CLI: a file of hooks among others. Its request for a permission ends the turn; it may not be asked for tools that
 * only read. What fails before a tool would refuse all tools, so that event is left alone.
 */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { binary, nodeScript } from './agentPrograms.ts';
import { askingIn, isEditorLog } from './claudeInput.ts';
import type { Launcher } from './commandLine.ts';
import { copilotHooks } from './copilotHooks.ts';
import { filesBelow } from './filesBelow.ts';
import { ownFile } from './ownFile.ts';

const id = 'copilot-cli';
const events = ['userPromptSubmitted', 'permissionRequest'] as const;

export const copilotCliGuard: AgentGuard = {
  id,
  minVersion: '1.0.102',
  events,
  process: {
    programs: [binary('copilot'), nodeScript(/[\\/](?:copilot|@github[\\/]copilot[\\/][^\\/]+\.js)$/)],
    muteArguments: ['-p', '--prompt'],
    sharedArguments: ['--acp', '--server', '--headless'],
  },
  hookFiles,
  ...ownFile(hooksText, ` ${id} permissionRequest`),
  toAnswer,
  sessionOf,
};

function hooksText(launcher: Launcher): string | null {
  return copilotHooks(id, events, launcher);
}

/** The user's folders for its logs are its homes, or the `session-state` below them. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const { COPILOT_HOME: named } = machine.environment;
  const homes = [...logFolders, ...(named ? [named] : []), '~/.copilot'];
  return filesBelow(machine, homes, ['session-state'], 'hooks', 'token-burn.json');
}

/** Every answer ends with 0: here any other end means something else. */
function toAnswer(event: string, decision: Decision): HookAnswer {
  if (decision.kind === 'allow') return silent;
  const { kind, sentence } = decision;
  if (event === 'permissionRequest') {
    const denial = { behavior: 'deny', message: sentence };
    return kind === 'wrapUp' ? silent : say(kind === 'stop' ? { ...denial, interrupt: true } : denial);
  }
  if (kind === 'stop') return say({ decision: 'block', reason: sentence });
  return kind === 'wrapUp' ? say({ additionalContext: sentence }) : silent;
}

function sessionOf(input: LogRecord): AskingSession | null {
  const key = idOf(input, 'sessionId') ?? idOf(input, 'session_id');
  if (key === null) return null;
  // VS Code reads the same folder, and knows the event of a prompt.
  if (isEditorLog(input) === true) return askingIn(input, 'copilot-chat', key);
  const agentId = idOf(input, 'agentId');
  const tool = nameOf(input, 'toolName') || nameOf(input, 'tool_name') || null;
  return {
    session: { agent: id, key },
    subAgent: agentId === null ? null : `${key}/${agentId}`,
    transcriptPath: null,
    folder: textOf(input, 'cwd'),
    tool,
    startsSubAgent: tool === 'task',
  };
}
