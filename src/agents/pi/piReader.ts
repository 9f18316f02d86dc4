/** Pi, and OMP, which was made from it: a file of lines a session, in a folder a project. */

import type { AgentId } from '../../domain/agent.ts';
import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { LogFormat, Machine, Reader } from '../reader.ts';
import { isOfProfiles, ompConfigName, ompRoots } from './ompRoots.ts';
import { sessionLines } from './sessionParser.ts';

export const piReader: Reader = {
  ...readerOf('pi'),
  roots: (machine) => [...new Set(piFolders(machine))].map((path) => ({ path })),
};

export const ompReader: Reader = {
  ...readerOf('omp'),
  roots: ompRoots,
  // Of a folder of profiles their sessions alone: beside these lie caches, plugins and trees of work.
  mayHoldLogs: (relativePath, root = '') => {
    const [, folder = 'sessions', below = 'sessions'] = relativePath.split('/');
    return !isOfProfiles(root) || folder === 'sessions' || (folder === 'agent' && below === 'sessions');
  },
};

function readerOf(agent: AgentId): Pick<Reader, 'agent' | 'version' | 'formatOf'> {
  const lines: LogFormat = sessionLines(agent);
  const formatOf = (relativePath: string) => (relativePath.endsWith('.jsonl') ? lines : null);
  return { agent, version: 5, formatOf };
}

/** `PI_AGENT_DIR` is what other tools call it. A folder of OMP, which heeds the same variable, is its own reader's. */
function piFolders(machine: Machine): readonly string[] {
  const { join, sep } = pathsOf(machine);
  const homes = listFolders(machine, 'PI_CODING_AGENT_DIR') ??
    listFolders(machine, 'PI_AGENT_DIR') ?? [expandHome(machine, '~/.pi/agent')];
  const own = homes.filter((home) => !home.split(sep).includes(ompConfigName(machine)));
  const given = listFolders(machine, 'PI_CODING_AGENT_SESSION_DIR') ?? [];
  return [...given, ...own.map((home) => join(home, 'sessions'))];
}
