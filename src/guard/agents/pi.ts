/** Pi: an extension that asks before each request, and aborts the turn when it is told to. It has no sub-agents. */

import { idOf, isTrue, type LogRecord, textOf } from '../../agents/fields.ts';
import { listFolders, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import {
  type AgentGuard,
  type AskingSession,
  type Decision,
  type HookAnswer,
  say,
  silent,
} from './agentGuard.ts';
import { binary, titledScript } from './agentPrograms.ts';
import { pluginMark } from './askingPlugin.ts';
import { filesBelow } from './filesBelow.ts';
import { ownFile } from './ownFile.ts';
import { piExtension } from './piExtension.ts';

const id = 'pi';

export const piGuard: AgentGuard = {
  id,
  minVersion: '0.73.1',
  events: ['context', 'session_before_compact'],
  process: {
    programs: [titledScript(/^pi$/), binary('pi')],
    // Its arguments cannot be seen: the extension says who drives it, and tells its user itself.
    muteArguments: [],
    sharedArguments: [],
    signal: 'SIGTERM',
  },
  hookFiles,
  ...ownFile(piExtension, pluginMark),
  toAnswer,
  sessionOf,
};

/** Sessions may lie anywhere; extensions lie beside them where both are in its home. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const beside = logFolders.filter((folder) => pathsOf(machine).basename(folder) === 'sessions');
  const named = listFolders(machine, 'PI_CODING_AGENT_DIR') ?? [];
  const homes = [...beside, ...named, '~/.pi/agent'];
  return filesBelow(machine, homes, ['sessions'], 'extensions', 'token-burn.js');
}

/** To our own extension, which knows what to make of it. */
function toAnswer(_event: string, decision: Decision): HookAnswer {
  return decision.kind === 'allow' ? silent : say(decision);
}

function sessionOf(input: LogRecord): AskingSession | null {
  const key = idOf(input, 'sessionID');
  if (key === null) return null;
  return {
    session: { agent: id, key },
    subAgent: null,
    transcriptPath: textOf(input, 'transcript'),
    folder: textOf(input, 'cwd'),
    tool: null,
    startsSubAgent: false,
    ...(isTrue(input, 'isDriven') && { isDriven: true }),
  };
}
