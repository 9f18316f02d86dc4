/** Which folders are watched for the logs below another to be seen, and what is told of each: as little as will do. */

import { join } from 'node:path';
import type { LogFolder } from '../../ledger/views.ts';

export type WatchedFolder = Pick<LogFolder, 'path' | 'watched'>;

export interface Watch {
  readonly path: string;
  /** For VS Code, which watches what lies deeper only where the pattern has a slash. */
  readonly pattern: string;
}

/**
 * @param foldersIn the names of the folders in a folder; none where it cannot be looked into
 * @param mostFolders that may be watched each by itself; above that one watcher looks all the way down
 */
export async function planWatches(
  { path, watched }: WatchedFolder,
  foldersIn: (path: string) => Promise<readonly string[]>,
  mostFolders: number,
): Promise<readonly Watch[]> {
  if (watched === null) return [{ path, pattern: '**/*' }];
  const names = new Map<string, readonly string[]>();
  for (const place of watched) {
    const way = place.split('/');
    const name = way.pop() ?? '';
    for (const folder of await foldersOn(path, way, foldersIn)) {
      names.set(folder, [...(names.get(folder) ?? []), name]);
    }
  }
  if (names.size > mostFolders) return [{ path, pattern: anyOf(watched) }];
  return [...names].map(([folder, told]) => ({ path: folder, pattern: anyOf(told) }));
}

/** The folders at the end of a way down, where `*` is any. */
async function foldersOn(
  path: string,
  [next, ...way]: readonly string[],
  foldersIn: (path: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (next === undefined) return [path];
  const names = (await foldersIn(path)).filter((name) => next === '*' || name === next);
  const below = await Promise.all(names.map((name) => foldersOn(join(path, name), way, foldersIn)));
  return below.flat();
}

function anyOf(patterns: readonly string[]): string {
  return patterns.length === 1 ? patterns.join() : `{${patterns.join(',')}}`;
}
