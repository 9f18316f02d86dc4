/** Where an agent's hook files are, by the folders that the user, a variable or the agent itself names. */

import { expandHome, pathsOf } from '../../agents/folders.ts';
import type { Machine } from '../../agents/reader.ts';

/**
 * @param folders the one to use first; `~` stands for the home folder
 * @param logFolders names of folders below those that are meant: logs lie in them, and so they may be named instead
 * @param file its path below each folder
 * @returns each path once, in the order of the folders
 */
export function filesBelow(
  machine: Machine,
  folders: readonly string[],
  logFolders: readonly string[],
  ...file: readonly string[]
): readonly [string, ...string[]] {
  const paths = pathsOf(machine);
  const files = folders.map((folder) => {
    const path = expandHome(machine, folder);
    return paths.join(logFolders.includes(paths.basename(path)) ? paths.dirname(path) : path, ...file);
  });
  const [first = '', ...others] = new Set(files);
  return [first, ...others];
}
