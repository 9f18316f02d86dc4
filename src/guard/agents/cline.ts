/** Cline's command line: a plugin that asks before each request, sub-agents' included, and ends the run when it is told to. */

import { idOf, type LogRecord, recordsOf } from '../../agents/fields.ts';
import { expandHome, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentGuard, AskingSession, UnwrittenLog } from './agentGuard.ts';
import { binary } from './agentPrograms.ts';
import { pluginMark } from './askingPlugin.ts';
import { clinePlugin } from './clinePlugin.ts';
import { ownFile } from './ownFile.ts';
import { askedByPlugin, toPluginAnswer } from './pluginAnswers.ts';

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
  toAnswer: toPluginAnswer,
  sessionOf,
};

function hookFiles(machine: Machine): readonly [string] {
  const home = expandHome(machine, machine.environment.CLINE_DIR || '~/.cline');
  return [pathsOf(machine).join(home, 'plugins', 'token-burn.js')];
}

/** Sub-agents are asked for in the name of the session that they belong to; of tools those alone that start one. */
function sessionOf(input: LogRecord): AskingSession | null {
  const asking = askedByPlugin(id, input, null);
  if (asking === null) return null;
  const { key } = asking.session;
  const agentId = idOf(input, 'agentID');
  return {
    ...asking,
    startsSubAgent: asking.tool !== null,
    ...(agentId !== null && {
      subAgent: `${key}/${agentId}`,
      unwritten: unwrittenLog(key, agentId, input),
    }),
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
