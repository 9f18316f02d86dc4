/** Pi: an extension that asks before each request, and aborts the turn when it is told to. It has no sub-agents. */

import { isTrue, type LogRecord, textOf } from '../../agents/fields.ts';
import { listFolders, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';
import type { AgentGuard, AskingSession } from './agentGuard.ts';
import { binary, titledScript } from './agentPrograms.ts';
import { pluginMark } from './askingPlugin.ts';
import { filesBelow } from './filesBelow.ts';
import { ownFile } from './ownFile.ts';
import { piExtension } from './piExtension.ts';
import { askedByPlugin, toPluginAnswer } from './pluginAnswers.ts';

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
  toAnswer: toPluginAnswer,
  sessionOf,
};

/** Sessions may lie anywhere; extensions lie beside them where both are in its home. */
function hookFiles(machine: Machine, logFolders: readonly string[]): readonly [string, ...string[]] {
  const beside = logFolders.filter((folder) => pathsOf(machine).basename(folder) === 'sessions');
  const named = listFolders(machine, 'PI_CODING_AGENT_DIR') ?? [];
  const homes = [...beside, ...named, '~/.pi/agent'];
  return filesBelow(machine, homes, ['sessions'], 'extensions', 'token-burn.js');
}

function sessionOf(input: LogRecord): AskingSession | null {
  const asking = askedByPlugin(id, input, null);
  return (
    asking && {
      ...asking,
      transcriptPath: textOf(input, 'transcript'),
      folder: textOf(input, 'cwd'),
      ...(isTrue(input, 'isDriven') && { isDriven: true }),
    }
  );
}
