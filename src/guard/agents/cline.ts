/** Cline's command line: a program among its hooks that is named after its event. Its answer cancels the run. */

import { idOf, type LogRecord, nameOf, recordOf } from '../../agents/fields.ts';
import { expandHome, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { binary } from './agentPrograms.ts';
import { commandLine, type Launcher } from './commandLine.ts';
import { ownFile } from './ownFile.ts';

const id = 'cline';
const event = 'PreToolUse';
const mark = '# Written by Token Burn';

export const clineGuard: AgentGuard = {
  id,
  minVersion: '3.0.65',
  events: [event],
  process: {
    programs: [binary('cline')],
    muteArguments: [],
    sharedArguments: ['--acp', 'hub', 'connect', 'schedule'],
  },
  isProgram: true,
  hookFiles,
  ...ownFile(programText, mark),
  toAnswer,
  sessionOf,
};

/** There is none for Windows: what Cline runs there is not known. */
function programText(launcher: Launcher): string | null {
  const line = launcher.platform === 'win32' ? null : commandLine('posix', launcher, id, event);
  return line === null
    ? null
    : `#!/bin/sh\n${mark}, on your command: holds Cline to your budgets.\nexec ${line}\n`;
}

function hookFiles(machine: Machine): readonly [string] {
  const home = expandHome(machine, machine.environment.CLINE_DIR || '~/.cline');
  return [pathsOf(machine).join(home, 'hooks', `${event}.sh`)];
}

function toAnswer(_event: string, decision: Decision): HookAnswer {
  if (decision.kind === 'stop') return say({ cancel: true, errorMessage: decision.sentence });
  return decision.kind === 'wrapUp' ? say({ cancel: false, contextModification: decision.sentence }) : silent;
}

/** Sub-agents bear the session that started them. */
function sessionOf(input: LogRecord): AskingSession | null {
  const root = idOf(recordOf(input, 'sessionContext') ?? {}, 'rootSessionId');
  const own = idOf(input, 'taskId');
  const key = root ?? own;
  if (key === null) return null;
  return {
    session: { agent: id, key },
    subAgent: own === null || own === key ? null : `${key}/${own}`,
    transcriptPath: null,
    folder: null,
    tool: nameOf(recordOf(input, 'preToolUse') ?? {}, 'toolName') || null,
    startsSubAgent: false,
  };
}
