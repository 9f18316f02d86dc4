/** Where the ledger is kept: in the platform's own place for data, shared by every editor of the machine. */

import { posix, win32 } from 'node:path';
import type { Machine } from '../agents/reader.ts';

/** @param chosen the user's own folder, empty for the usual one */
export function dataFolder(machine: Machine, chosen: string): string {
  if (chosen.trim() !== '') return resolveFolder(machine, chosen);
  return pathsOf(machine).join(platformDataFolder(machine), 'token-burn');
}

/** A folder that somebody wrote, as an absolute path: `~` stands for the home folder. */
export function resolveFolder(machine: Machine, folder: string): string {
  const { homeFolder } = machine;
  return pathsOf(machine).resolve(
    homeFolder,
    folder.trim().replace(/^~(?=$|[\\/])/, () => homeFolder),
  );
}

function pathsOf({ platform }: Machine) {
  return platform === 'win32' ? win32 : posix;
}

function platformDataFolder({ platform, homeFolder, environment }: Machine): string {
  switch (platform) {
    case 'win32':
      return environment.LOCALAPPDATA || win32.join(homeFolder, 'AppData', 'Local');
    case 'darwin':
      return posix.join(homeFolder, 'Library', 'Application Support');
    default:
      return absoluteOnly(environment.XDG_DATA_HOME) ?? posix.join(homeFolder, '.local', 'share');
  }
}

/** The XDG base directory specification has relative paths ignored. */
function absoluteOnly(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
