/** Cline's command line: a plugin that asks before each request, sub-agents' included, and ends the run when it is told to. */

import { idOf, type LogRecord, nameOf, recordsOf } from '../../agents/fields.ts';
import { expandHome, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  say,
  silent,
  type UnwrittenLog,
} from './agentGuard.ts';
import { binary } from './agentPrograms.ts';
import { pluginMark } from './askingPlugin.ts';
import { clinePlugin } from './clinePlugin.ts';
import { ownFile } from './ownFile.ts';

const id = 'cline';

export const clineGuard: AgentGuard = {
  id,
  minVersion: '3.0.65',
  events: ['beforeModel', 'beforeTool'],
  process: {
    programs: [binary('cline')],
    muteArguments: [],
    sharedArguments: ['--acp', 'hub', 'connect', 'schedule'],
    // Plugins run there.
    helpers: [{ executable: /(?:^|\/)(?:node|bun)$/, script: /[\\/]plugin-sandbox-bootstrap\.js$/ }],
  },
  hookFiles,
  ...ownFile(clinePlugin, pluginMark),
  toAnswer,
  sessionOf,
};

function hookFiles(machine: Machine): readonly [string] {
  const home = expandHome(machine, machine.environment.CLINE_DIR || '~/.cline');
  return [pathsOf(machine).join(home, 'plugins', 'token-burn.js')];
}

/** To our own plugin, which knows what to make of it. */
function toAnswer(_event: string, decision: Decision): HookAnswer {
  return decision.kind === 'allow' ? silent : say(decision);
}

/** Sub-agents are asked for in the name of the session that they belong to. */
function sessionOf(input: LogRecord): AskingSession | null {
  const key = idOf(input, 'sessionID');
  if (key === null) return null;
  const agentId = idOf(input, 'agentID');
  const tool = nameOf(input, 'tool') || null;
  return {
    session: { agent: id, key },
    subAgent: agentId === null ? null : `${key}/${agentId}`,
    transcriptPath: null,
    folder: null,
    tool,
    startsSubAgent: tool !== null,
    ...(agentId !== null && { unwritten: unwrittenLog(key, agentId, input) }),
  };
}

/** A sub-agent's messages are written when it has ended. */
function unwrittenLog(key: string, agentId: string, input: LogRecord): UnwrittenLog {
  const messages = recordsOf(input, 'messages');
  return {
    relativePath: `sessions/${key}/${agentId}.messages.json`,
    text: JSON.stringify({ messages }),
  };
}
