/** Qwen Code: hooks in its settings. What it calls a prompt is every request that goes on with a turn, too. */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import { listFolders } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
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
import { nodeScript } from './agentPrograms.ts';
import { commandLine, type Launcher } from './commandLine.ts';
import { filesBelow } from './filesBelow.ts';
import { groupedHooks, handlersFor } from './groupedHooks.ts';
import { memberOf } from './jsonEdits.ts';

const id = 'qwen-code';

/** The second one is for sub-agents alone: it ends no turn. */
const events = ['UserPromptSubmit', 'PreToolUse'] as const;

export const qwenCodeGuard: AgentGuard = {
  id,
  minVersion: '0.24.4',
  events,
  process: {
    programs: [nodeScript(/[\\/](?:qwen|@qwen-code[\\/]qwen-code[\\/][^\\/]+\.js)$/)],
    muteArguments: ['-p', '--prompt'],
    sharedArguments: ['--acp', '--experimental-acp', 'serve'],
  },
  hookFiles,
  ...groupedHooks(handlersOf, (root) => memberOf(root, 'disableAllHooks')?.value === true),
  toAnswer,
  sessionOf,
};

function handlersOf(launcher: Launcher) {
  const shell = launcher.platform === 'win32' ? 'cmd' : 'posix';
  return handlersFor(events, (event) => commandLine(shell, launcher, id, event), { timeout: 10 });
}

/** The user's folders for its logs may name the `projects` or `tmp` below the folder that is meant. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const named = listFolders(machine, 'QWEN_HOME') ?? [];
  return filesBelow(machine, [...logFolders, ...named, '~/.qwen'], ['projects', 'tmp'], 'settings.json');
}

/**
 * Sub-agents ask for no prompts, and go on after every refusal: only the end of the program ends them. Of the
 * outermost session the next request tells why its turn has ended: of that Qwen Code says nothing without a terminal.
 */
function toAnswer(event: string, decision: Decision, isSubAgent = false): HookAnswer {
  if (decision.kind === 'allow') return silent;
  const { kind, sentence } = decision;
  if (event === 'PreToolUse') {
    if (kind === 'wrapUp') return silent;
    if (kind === 'refuse') return deny(sentence);
    return isSubAgent ? { ...deny(sentence), interrupts: true, unshown: sentence } : deny(turnEnded);
  }
  if (kind === 'stop') return { ...say({ decision: 'block', reason: sentence }), unshown: sentence };
  if (kind === 'refuse') return silent;
  return say({ hookSpecificOutput: { hookEventName: event, additionalContext: sentence } });
}

function deny(sentence: string): HookAnswer {
  return say({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: sentence,
    },
  });
}

function sessionOf(input: LogRecord, environment: Environment): AskingSession | null {
  const key = idOf(input, 'session_id') ?? environment.QWEN_CODE_SESSION_ID;
  if (key === undefined || key === '') return null;
  const agentId = idOf(input, 'agent_id');
  const tool = nameOf(input, 'tool_name') || null;
  return {
    session: { agent: id, key },
    subAgent: agentId === null ? null : `${key}/${agentId}`,
    transcriptPath: textOf(input, 'transcript_path'),
    folder: textOf(input, 'cwd'),
    tool,
    startsSubAgent: tool === 'agent' || tool === 'task',
  };
}
