/** Gemini CLI: hooks in its settings. It asks before every request to the model, so none is made once it is stopped. */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import { expandHome, listFolders, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type Environment,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { nodeScript } from './agentPrograms.ts';
import { commandLine, type Launcher } from './commandLine.ts';
import { filesBelow } from './filesBelow.ts';
import { groupedHooks, handlersFor } from './groupedHooks.ts';
import { memberOf } from './jsonEdits.ts';

const id = 'gemini-cli';

/** The second one only tells the model to conclude: the first cannot. */
const events = ['BeforeModel', 'AfterTool'] as const;

export const geminiCliGuard: AgentGuard = {
  id,
  minVersion: '0.61.0',
  events,
  process: {
    programs: [nodeScript(/[\\/](?:gemini|@google[\\/]gemini-cli[\\/](?:bundle|dist)[\\/][^\\/]+\.js)$/)],
    muteArguments: ['-p', '--prompt'],
    sharedArguments: ['--acp', '--experimental-acp'],
  },
  hookFiles,
  ...groupedHooks(handlersOf, (root) => memberOf(memberOf(root, 'hooksConfig'), 'enabled')?.value === false),
  toAnswer,
  sessionOf,
};

function handlersOf(launcher: Launcher) {
  const shell = launcher.platform === 'win32' ? 'powershell' : 'posix';
  const toCommand = (event: string) => commandLine(shell, launcher, id, event);
  return handlersFor(events, toCommand, { name: 'token-burn', timeout: 10_000 });
}

/** Its variable stands for the home folder. The user's folders for its logs are the `tmp` below its own one. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const homes = [...(listFolders(machine, 'GEMINI_CLI_HOME') ?? []), expandHome(machine, '~')];
  const own = homes.map((home) => pathsOf(machine).join(home, '.gemini'));
  return filesBelow(machine, [...logFolders, ...own], ['tmp'], 'settings.json');
}

function toAnswer(event: string, decision: Decision): HookAnswer {
  if (decision.kind === 'stop') return say({ continue: false, stopReason: decision.sentence });
  if (decision.kind !== 'wrapUp' || event !== 'AfterTool') return silent;
  return say({ hookSpecificOutput: { hookEventName: event, additionalContext: decision.sentence } });
}

/** What else is in the input, the whole conversation, is no business of ours. */
function sessionOf(input: LogRecord, environment: Environment): AskingSession | null {
  const key = idOf(input, 'session_id') ?? environment.GEMINI_SESSION_ID;
  if (key === undefined || key === '') return null;
  return {
    session: { agent: id, key },
    subAgent: null,
    transcriptPath: textOf(input, 'transcript_path'),
    folder: textOf(input, 'cwd'),
    tool: nameOf(input, 'tool_name') || null,
    startsSubAgent: false,
  };
}
