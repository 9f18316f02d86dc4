/** Where OpenCode, and what was built on it, keep their data. */

import { expandHome, listFolders, pathsOf } from '../folders.ts';
import type { LogRoot, Machine } from '../reader.ts';

/** The same folder on all systems, and on Windows the one where other programs have theirs. */
export function dataFolders(machine: Machine, name: string): readonly string[] {
  const data = machine.environment.XDG_DATA_HOME || expandHome(machine, '~/.local/share');
  const local = machine.platform === 'win32' ? machine.environment.LOCALAPPDATA : undefined;
  return [data, ...(local ? [local] : [])].map((folder) => pathsOf(machine).join(folder, name));
}

/** `OPENCODE_DATA_DIR` is none of OpenCode's own, but common among tools. */
export function opencodeRoots(machine: Machine): readonly LogRoot[] {
  const named = listFolders(machine, 'OPENCODE_DATA_DIR') ?? [];
  const folders = new Set([...named, ...dataFolders(machine, 'opencode')]);
  return [...[...folders].map(toStore), ...namedDatabase(machine, 'OPENCODE_DB')];
}

/** The files of JSON are of old versions, and beside them lie copies of whole projects. */
export function toStore(path: string): LogRoot {
  return { path, watched: ['*'] };
}

/** The folder of a database that has a place of its own. A name that is no path is one in the data folder. */
export function namedDatabase(machine: Machine, variable: string): readonly LogRoot[] {
  const paths = pathsOf(machine);
  const file = machine.environment[variable] ?? '';
  return paths.isAbsolute(file) ? [{ path: paths.dirname(file), isFlat: true }] : [];
}
