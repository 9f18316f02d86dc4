/**
 * Looks for the editors on a machine: extensions and the chat of each leave logs in its `User` folder, or where its settings
 * say.
 */

import { applicationsFolder, pathsOf } from '../agents/folders.ts';
import type { Machine, SurveyedMachine } from '../agents/reader.ts';
import { type Disk, nodeDisk } from './disk.ts';

/** @param reach how this process names a path of the machine, where it is another than the one that it runs on */
export async function survey(
  machine: Machine,
  disk: Disk = nodeDisk,
  reach: (path: string) => string = (path) => path,
): Promise<SurveyedMachine> {
  const { homeFolder, ownUserFolder } = machine;
  const paths = pathsOf(machine);
  // VS Code, Insiders, VSCodium, Cursor, and whatever else is built on it.
  const applications = applicationsFolder(machine);
  const installed = await disk.namesIn(reach(applications));
  const servers = (await disk.namesIn(reach(homeFolder))).filter((name) => name.startsWith('.'));
  const candidates = [
    ...(ownUserFolder === undefined ? [] : [ownUserFolder]),
    ...installed.map((name) => paths.join(applications, name, 'User')),
    ...servers.map((name) => paths.join(homeFolder, name, 'data', 'User')),
  ];
  const there = await Promise.all(
    candidates.map((folder) => disk.isFolder(reach(paths.join(folder, 'globalStorage')))),
  );
  const userFolders = [...new Set(candidates.filter((_, index) => there[index]))];
  const settings = userFolders.map((folder) => disk.textOf(reach(paths.join(folder, 'settings.json'))));
  const userSettings = (await Promise.all(settings)).filter((file) => file !== '');
  return { ...machine, userFolders, userSettings };
}
