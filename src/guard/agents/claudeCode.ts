/**
 * Claude Code: hooks in its settings. A turn is ended before a tool and after a batch of tools, a prompt is refused.
 *
 * VS Code's own agent mode runs the same entries where its user sets `chat.useClaudeHooks`. It knows no batches, and is
 * told apart by where its log lies.
 */

import { type LogRecord, nameOf } from '../../agents/fields.ts';
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
  turnEnded,
} from './agentGuard.ts';
import { binary, nodeScript } from './agentPrograms.ts';
import { askingIn, isEditorLog, keyIn } from './claudeInput.ts';
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

/**
 * In a terminal it shows both why a tool was refused and why it stopped; programs that read its messages are told the first
 * alone, and with `-p` and plain text nobody is told of what ended a turn. A sub-agent's end is followed by its session's.
 */
function toAnswer(event: string, decision: Decision, isSubAgent = false): HookAnswer {
  if (decision.kind === 'allow') return silent;
  const { kind, sentence } = decision;
  if (kind === 'wrapUp') return event === 'PreToolUse' ? silent : tellModel(event, sentence);
  if (event === 'UserPromptSubmit') return kind === 'stop' ? refusePrompt(sentence) : silent;
  if (kind === 'refuse') return event === 'PreToolUse' ? say(denial(sentence)) : silent;
  const unshown = isSubAgent ? '' : sentence;
  if (event === 'PreToolUse') {
    return { ...say({ continue: false, stopReason: turnEnded, ...denial(sentence) }), unshown };
  }
  // Its messages hold what was said to its user, and not why a batch of tools ended the turn; in a terminal it tells both.
  return { ...say({ continue: false, systemMessage: sentence }), unshown };
}

function denial(sentence: string) {
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: sentence,
    },
  };
}

function refusePrompt(sentence: string): HookAnswer {
  return say({ decision: 'block', reason: sentence, continue: false, stopReason: sentence });
}

function tellModel(event: string, sentence: string): HookAnswer {
  return say({ hookSpecificOutput: { hookEventName: event, additionalContext: sentence } });
}

function sessionOf(input: LogRecord, environment: Environment): AskingSession | null {
  const key = keyIn(input) ?? environment.CLAUDE_CODE_SESSION_ID;
  return key === undefined || key === '' ? null : askingIn(input, callerOf(input), key);
}

/** VS Code's tools are spelt in another way. */
function callerOf(input: LogRecord): AgentId {
  const isEditor = isEditorLog(input) ?? /^(?!mcp__)[a-z]/.test(nameOf(input, 'tool_name'));
  return isEditor ? 'copilot-chat' : id;
}
