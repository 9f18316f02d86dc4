/**
 * Claude Code: hooks in its settings. A turn is ended before a tool and after a batch of tools, a prompt is refused.
 *
 * VS Code's own agent mode runs the same entries. It knows no batches, and is told apart by where its log lies.
 */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import { listFolders } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentId } from '../../domain/agent.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type Environment,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { binary, nodeScript } from './agentPrograms.ts';
import { commandLine, type Launcher } from './commandLine.ts';
import { filesBelow } from './filesBelow.ts';
import { groupedHooks, handlersFor } from './groupedHooks.ts';
import { memberOf } from './jsonEdits.ts';

const id = 'claude-code';
const events = ['UserPromptSubmit', 'PreToolUse', 'PostToolBatch'] as const;

export const claudeCodeGuard: AgentGuard = {
  id,
  // Before, the end of a turn was lost when a tool failed.
  minVersion: '2.1.212',
  events,
  process: {
    // The last is how its own installer places it, by its version.
    programs: [
      binary('claude', 'claude.exe'),
      nodeScript(/[\\/](?:claude|@anthropic-ai[\\/]claude-code[\\/]cli\.js)$/),
      { executable: /\/claude\/versions\/\d+\.\d+\.\d+[\w.-]*$/, script: null },
    ],
    muteArguments: ['-p', '--print'],
    sharedArguments: ['daemon', 'serve', 'server', 'remote-control', '--remote-control'],
  },
  isProgram: false,
  hookFiles,
  ...groupedHooks(handlersOf, (root) => memberOf(root, 'disableAllHooks')?.value === true),
  toAnswer,
  sessionOf,
};

/** Its shell is a POSIX one on Windows, too. Its `args`, which need no shell, are unknown to VS Code. */
function handlersOf(launcher: Launcher) {
  return handlersFor(events, (event) => commandLine('posix', launcher, id, event), { timeout: 10 });
}

/** The user's folders for its logs may name the `projects` below the folder that is meant. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const named = listFolders(machine, 'CLAUDE_CONFIG_DIR') ?? [];
  return filesBelow(machine, [...logFolders, ...named, '~/.claude'], ['projects'], 'settings.json');
}

function toAnswer(event: string, decision: Decision): HookAnswer {
  if (decision.kind === 'allow') return silent;
  const { sentence } = decision;
  if (decision.kind === 'wrapUp') return event === 'PreToolUse' ? silent : tellModel(event, sentence);
  const denial = { hookEventName: event, permissionDecision: 'deny', permissionDecisionReason: sentence };
  const end = { continue: false, stopReason: sentence };
  if (event === 'PreToolUse') {
    return say({ ...(decision.kind === 'stop' && end), hookSpecificOutput: denial });
  }
  if (decision.kind === 'refuse') return silent;
  // Claude Code goes by the decision, VS Code by `continue`.
  if (event === 'UserPromptSubmit') return say({ decision: 'block', reason: sentence, ...end });
  // Without a terminal it tells what was said to its user, and not why a batch of tools ended the turn.
  return say({ ...end, systemMessage: sentence });
}

function tellModel(event: string, sentence: string): HookAnswer {
  return say({ hookSpecificOutput: { hookEventName: event, additionalContext: sentence } });
}

/** `Agent` was called `Task` until 2026; the last is VS Code's. */
const subAgentTools: readonly string[] = ['Agent', 'Task', 'runSubagent'];

function sessionOf(input: LogRecord, environment: Environment): AskingSession | null {
  const key = idOf(input, 'session_id') ?? idOf(input, 'sessionId') ?? environment.CLAUDE_CODE_SESSION_ID;
  if (key === undefined || key === '') return null;
  const transcriptPath = textOf(input, 'transcript_path') ?? textOf(input, 'transcriptPath');
  const tool = nameOf(input, 'tool_name') || null;
  const agentId = idOf(input, 'agent_id');
  return {
    session: { agent: callerOf(transcriptPath, tool), key },
    subAgent: agentId === null ? null : `${key}/${agentId}`,
    transcriptPath,
    folder: textOf(input, 'cwd'),
    tool,
    startsSubAgent: tool !== null && subAgentTools.includes(tool),
  };
}

/** VS Code's log lies among its own files, and its tools are spelt in another way. */
function callerOf(transcriptPath: string | null, tool: string | null): AgentId {
  const isEditor =
    transcriptPath === null
      ? tool !== null && /^(?!mcp__)[a-z]/.test(tool)
      : /[\\/](?:workspace|global)Storage[\\/]/.test(transcriptPath);
  return isEditor ? 'copilot-chat' : id;
}
