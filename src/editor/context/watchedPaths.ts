/** Which folders are watched for a prompt, and what may come or go in them that matters. */

import { basename, dirname } from 'node:path';
import type { Awaited } from '../../estimator/context/awaited.ts';
import type { CountedPart } from '../../workers/contextProtocol.ts';

/** Folders that are watched, the first that come. */
const mostFolders = 32;

export interface WatchedPaths {
  readonly folders: readonly string[];
  readonly parts: ReadonlySet<string>;
  readonly awaited: Awaited;
}

export const noPaths: WatchedPaths = {
  folders: [],
  parts: new Set(),
  awaited: { names: [], endings: [] },
};

/** @param toSystem turns the path of a part into one as the system spells it */
export function toWatchedPaths(
  folders: readonly string[],
  parts: readonly CountedPart[],
  awaited: Awaited,
  toSystem: (path: string) => string,
): WatchedPaths {
  const paths = parts.filter(({ content }) => !isOutOfReach(content)).map(({ path }) => toSystem(path));
  const wanted = new Set([...folders, ...paths.map((path) => dirname(path))]);
  return { folders: [...wanted].slice(0, mostFolders), parts: new Set(paths), awaited };
}

/** Whether the prompt may be another one when this comes or goes. */
export function mattersTo({ parts, awaited }: WatchedPaths, path: string): boolean {
  const name = basename(path);
  return (
    parts.has(path) || awaited.names.includes(name) || awaited.endings.some((ending) => name.endsWith(ending))
  );
}

/** Nothing of such a part is looked at, so nothing there can change it. */
function isOutOfReach(content: CountedPart['content']): boolean {
  return content.kind === 'problem' && content.problem === 'outOfReach';
}
