/** Pi, and OMP, which was made from it: a file of lines a session, in a folder a project. */

import type { AgentId } from '../../domain/agent.ts';
import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { LogFormat, LogRoot, Machine, Reader } from '../reader.ts';
import { sessionLines } from './sessionParser.ts';

export const piReader: Reader = readerOf('pi', piFolders);

export const ompReader: Reader = readerOf('omp', (machine) => [
  pathsOf(machine).join(expandHome(machine, '~/.omp/agent'), 'sessions'),
]);

function readerOf(agent: AgentId, folders: (machine: Machine) => readonly string[]): Reader {
  const lines: LogFormat = sessionLines(agent);
  return {
    agent,
    version: 3,
    roots: (machine): readonly LogRoot[] => [...new Set(folders(machine))].map((path) => ({ path })),
    formatOf: (relativePath) => (relativePath.endsWith('.jsonl') ? lines : null),
  };
}

/** `PI_AGENT_DIR` is what other tools call it. A folder of OMP, which heeds the same variable, is its own reader's. */
function piFolders(machine: Machine): readonly string[] {
  const { join, sep } = pathsOf(machine);
  const homes = listFolders(machine, 'PI_CODING_AGENT_DIR') ??
    listFolders(machine, 'PI_AGENT_DIR') ?? [expandHome(machine, '~/.pi/agent')];
  const own = homes.filter((home) => !home.split(sep).includes('.omp'));
  const given = listFolders(machine, 'PI_CODING_AGENT_SESSION_DIR') ?? [];
  return [...given, ...own.map((home) => join(home, 'sessions'))];
}
