/**
 * Codex: hooks in a file of their own. No answer ends a turn: the tool is refused and the program interrupted. Claude
 * Code's answer would let the tool run.
 */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import { listFolders } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type EngineMessage,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { binary } from './agentPrograms.ts';
import { codexTrust } from './codexTrust.ts';
import { commandLine, type Launcher } from './commandLine.ts';
import { filesBelow } from './filesBelow.ts';
import { groupedHooks, handlersFor } from './groupedHooks.ts';

const id = 'codex';
const events = ['UserPromptSubmit', 'PreToolUse', 'PostToolUse'] as const;

export const codexGuard: AgentGuard = {
  id,
  minVersion: '0.169.0',
  events,
  process: {
    programs: [binary('codex')],
    muteArguments: ['exec'],
    // It has engines for editors and for other agents, which outlive what asked for them.
    sharedArguments: ['app-server', 'mcp-server', 'exec-server'],
  },
  engine: { socket, interruption },
  hookFiles,
  ...groupedHooks(handlersOf, () => false),
  trust: codexTrust(commandOf),
  toAnswer,
  sessionOf,
};

function commandOf(launcher: Launcher, event: string): string | null {
  return commandLine(launcher.platform === 'win32' ? 'cmd' : 'posix', launcher, id, event);
}

function handlersOf(launcher: Launcher) {
  return handlersFor(events, (event) => commandOf(launcher, event), { timeout: 10 });
}

/** The user's folders for its logs are its homes, or the `sessions` below them. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const named = listFolders(machine, 'CODEX_HOME') ?? [];
  const homes = [...logFolders, ...named, '~/.codex'];
  return filesBelow(machine, homes, ['sessions', 'archived_sessions'], 'hooks.json');
}

/** Its terminals share one engine, which goes on without them. */
function socket(machine: Machine): string {
  const homes = [...(listFolders(machine, 'CODEX_HOME') ?? []), '~/.codex'];
  const [path] = filesBelow(machine, homes, [], 'app-server-control', 'app-server-control.sock');
  return path;
}

function interruption({ session, turn }: AskingSession): readonly EngineMessage[] | null {
  if (turn === undefined) return null;
  const clientInfo = { name: 'token-burn', title: 'Token Burn', version: '1' };
  return [
    { id: 1, method: 'initialize', params: { clientInfo, capabilities: null } },
    { method: 'initialized' },
    { id: 2, method: 'turn/interrupt', params: { threadId: session.key, turnId: turn } },
  ];
}

function toAnswer(event: string, decision: Decision): HookAnswer {
  switch (decision.kind) {
    case 'allow':
      return silent;
    case 'wrapUp':
      if (event === 'PreToolUse') return silent;
      return say({ hookSpecificOutput: { hookEventName: event, additionalContext: decision.sentence } });
    case 'refuse':
      return event === 'PreToolUse' ? refuse(decision.sentence) : silent;
    case 'stop':
      return stop(decision.sentence, event !== 'UserPromptSubmit');
  }
}

function stop(sentence: string, interrupts: boolean): HookAnswer {
  return { ...refuse(sentence), interrupts, unshown: sentence };
}

/** An answer without a reason would count for nothing. */
function refuse(sentence: string): HookAnswer {
  return { ...silent, stderr: `${sentence}\n`, exitCode: 2 };
}

/** Every thread is a session of its own in the ledger, which knows whose sub-agent it is. */
function sessionOf(input: LogRecord): AskingSession | null {
  const key = idOf(input, 'session_id');
  if (key === null) return null;
  const tool = nameOf(input, 'tool_name') || null;
  const turn = idOf(input, 'turn_id');
  return {
    session: { agent: id, key },
    subAgent: null,
    transcriptPath: textOf(input, 'transcript_path'),
    folder: textOf(input, 'cwd'),
    tool,
    startsSubAgent: tool === 'spawn_agent',
    ...(turn !== null && { turn }),
  };
}
