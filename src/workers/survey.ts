/** Looks for the editors on a machine: extensions and the chat of each leave logs in its `User` folder. */

import { readdir, stat } from 'node:fs/promises';
import { applicationsFolder, pathsOf } from '../agents/folders.ts';
import type { Machine, SurveyedMachine } from '../agents/reader.ts';

export async function survey(machine: Machine): Promise<SurveyedMachine> {
  const { homeFolder, ownUserFolder } = machine;
  const paths = pathsOf(machine);
  // VS Code, Insiders, VSCodium, Cursor, and whatever else is built on it.
  const applications = applicationsFolder(machine);
  const installed = await namesIn(applications);
  const servers = (await namesIn(homeFolder)).filter((name) => name.startsWith('.'));
  const candidates = [
    ...(ownUserFolder === undefined ? [] : [ownUserFolder]),
    ...installed.map((name) => paths.join(applications, name, 'User')),
    ...servers.map((name) => paths.join(homeFolder, name, 'data', 'User')),
  ];
  const there = await Promise.all(candidates.map((folder) => isFolder(paths.join(folder, 'globalStorage'))));
  return { ...machine, userFolders: [...new Set(candidates.filter((_, index) => there[index]))] };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ?? false;
}
