/** Looks for the editors on a machine: extensions and the chat of each leave logs in its `User` folder. */

import { readdir, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { Machine, SurveyedMachine } from '../agents/reader.ts';

export async function survey(machine: Machine): Promise<SurveyedMachine> {
  const { platform, homeFolder, ownUserFolder } = machine;
  const paths = platform === 'win32' ? win32 : posix;
  const installed = await namesIn(applicationsFolder(machine));
  const servers = (await namesIn(homeFolder)).filter((name) => name.startsWith('.'));
  const candidates = [
    ...(ownUserFolder === undefined ? [] : [ownUserFolder]),
    ...installed.map((name) => paths.join(applicationsFolder(machine), name, 'User')),
    ...servers.map((name) => paths.join(homeFolder, name, 'data', 'User')),
  ];
  const there = await Promise.all(candidates.map((folder) => isFolder(paths.join(folder, 'globalStorage'))));
  return { ...machine, userFolders: [...new Set(candidates.filter((_, index) => there[index]))] };
}

/** Where editors keep a folder each: VS Code, Insiders, VSCodium, Cursor, and whatever else is built on it. */
function applicationsFolder({ platform, homeFolder, environment }: Machine): string {
  if (platform === 'win32') return environment.APPDATA || win32.join(homeFolder, 'AppData', 'Roaming');
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME || posix.join(homeFolder, '.config');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
