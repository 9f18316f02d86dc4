/** Where logs may be on this machine: in the folders that the user set, else in those that agents use, neighbours' included. */

import { resolve } from 'node:path';
import type { LogRoot, Reader, SurveyedMachine } from '../agents/reader.ts';
import type { Disk } from './disk.ts';
import type { LedgerOptions } from './ledgerProtocol.ts';
import type { Neighbour } from './neighbours.ts';
import { survey } from './survey.ts';

type RootOfReader = LogRoot & { readonly reader: Reader };

/** @param neighbours homes to look into beside this machine's own */
export async function findLogRoots(
  readers: readonly Reader[],
  { machine, logFolders }: Pick<LedgerOptions, 'machine' | 'logFolders'>,
  neighbours: readonly Neighbour[],
  disk: Disk,
): Promise<readonly RootOfReader[]> {
  const surveyed = await survey(machine, disk);
  const own = readers.flatMap((reader) => {
    const folders = logFolders[reader.agent]?.map((path) => resolve(path));
    const set = folders?.flatMap((path) => [{ path }, ...(reader.besides?.(machine, path) ?? [])]);
    return toRoots(reader, set ?? reader.roots(surveyed));
  });
  const usual = readers.filter(({ agent }) => logFolders[agent] === undefined);
  const foreign = await Promise.all(neighbours.map((neighbour) => rootsOf(neighbour, usual, disk)));
  return [...own, ...foreign.flat()];
}

/** Those that are there: nobody would hear of one that comes. */
async function rootsOf(
  { machine, reach }: Neighbour,
  readers: readonly Reader[],
  disk: Disk,
): Promise<readonly RootOfReader[]> {
  const surveyed: SurveyedMachine = await survey(machine, disk, reach);
  const roots = readers.flatMap((reader) =>
    toRoots(
      reader,
      reader.roots(surveyed).map((root) => ({ ...root, path: reach(root.path), isForeign: true })),
    ),
  );
  const there = await Promise.all(roots.map(({ path }) => disk.isFolder(path)));
  return roots.filter((_, index) => there[index]);
}

function toRoots(reader: Reader, roots: readonly LogRoot[]): readonly RootOfReader[] {
  return roots.map((root) => ({ ...root, reader }));
}
