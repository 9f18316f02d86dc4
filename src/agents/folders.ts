/** Where agents keep their folders: variables that name some, the home folder where they do not. */

import { posix, win32 } from 'node:path';
import type { Machine } from './reader.ts';

/** The path rules of the machine, which need not be the one that this code runs on. */
export function pathsOf(machine: Machine): typeof posix {
  return machine.platform === 'win32' ? win32 : posix;
}

/**
 * The folders in a variable that holds one or a comma list, `~` standing for the home folder; `null` when it names
 * none.
 */
export function listFolders(machine: Machine, variable: string): readonly string[] | null {
  const items = (machine.environment[variable] ?? '').split(',').map((item) => item.trim());
  const folders = items.filter((item) => item !== '').map((item) => expandHome(machine, item));
  return folders.length === 0 ? null : folders;
}

/** An absolute path from one that may start with `~`. */
export function expandHome(machine: Machine, path: string): string {
  const fromHome = /^~(?=$|[\\/])/.test(path) ? `.${path.slice(1)}` : path;
  return pathsOf(machine).resolve(machine.homeFolder, fromHome);
}

/** Where applications of the desktop keep a folder each, but for those that came as a package of Windows. */
export function applicationsFolder(machine: Machine): string {
  const { environment, platform } = machine;
  if (platform === 'darwin') return expandHome(machine, '~/Library/Application Support');
  if (platform === 'win32') return expandHome(machine, environment.APPDATA || '~/AppData/Roaming');
  return expandHome(machine, environment.XDG_CONFIG_HOME || '~/.config');
}

/** All folders on a way down, from the first on: what is watched to see what comes at its end. Parts may be `*`. */
export function waysDown(way: string): readonly string[] {
  const names = way.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
