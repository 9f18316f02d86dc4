/** OpenCode: a plugin that asks before each request and around tools, and aborts the session when it is told to. */

import { idOf, type LogRecord, nameOf } from '../../agents/fields.ts';
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
import { pluginMark } from './askingPlugin.ts';
import { filesBelow } from './filesBelow.ts';
import { opencodePlugin } from './opencodePlugin.ts';
import { ownFile } from './ownFile.ts';

const id = 'opencode';

export const opencodeGuard: AgentGuard = {
  id,
  minVersion: '1.18.33',
  events: ['chat.params', 'tool.execute.before', 'tool.execute.after'],
  process: {
    programs: [binary('opencode')],
    muteArguments: ['run'],
    sharedArguments: ['serve', 'web', 'acp', 'attach'],
  },
  hookFiles,
  ...ownFile(opencodePlugin, pluginMark),
  toAnswer,
  sessionOf,
};

/** Its settings lie apart from its data, the same way on all systems. */
function hookFiles(machine: Machine): readonly [string, ...string[]] {
  const { OPENCODE_CONFIG_DIR: own, XDG_CONFIG_HOME: config } = machine.environment;
  const paths = pathsOf(machine);
  const usual = paths.join(expandHome(machine, config || '~/.config'), 'opencode');
  return filesBelow(machine, [...(own ? [own] : []), usual], [], 'plugins', 'token-burn.js');
}

/** To our own plugin, which knows what to make of it. */
function toAnswer(_event: string, decision: Decision): HookAnswer {
  return decision.kind === 'allow' ? silent : say(decision);
}

/** The ledger knows whose sub-agent a session is. */
function sessionOf(input: LogRecord): AskingSession | null {
  const key = idOf(input, 'sessionID');
  if (key === null) return null;
  const tool = nameOf(input, 'tool') || null;
  return {
    session: { agent: id, key },
    subAgent: null,
    transcriptPath: null,
    folder: null,
    tool,
    startsSubAgent: tool === 'task',
  };
}
