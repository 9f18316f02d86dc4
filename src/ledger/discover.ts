/** Finds the logs below an agent's folders. */

import { type Dirent, opendirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { LogFormat, LogRoot, Reader } from '../agents/reader.ts';
import type { LogFolder } from './views.ts';

/** A folder in which a reader's logs may lie. */
export interface Root {
  readonly reader: Reader;
  /** As given by the agent's habits or by the user. */
  readonly path: string;
  /** Only the files in the folder itself are logs. */
  readonly isFlat: boolean;
  /** Name of the one file in the folder itself that may be a log, where there is but one. */
  readonly onlyFile?: string;
  /** See `LogRoot.watched`; `null` where all that lies below is watched. */
  readonly watched: readonly string[] | null;
  /** See {@link LogRoot.isForeign}. */
  readonly isForeign: boolean;
  /** Without symbolic links; `path` itself where there is no such folder. */
  readonly realPath: string;
}

/** A file or folder at or below a root. */
export interface Place {
  readonly root: Root;
  readonly path: string;
}

/** A file that its reader takes for a log, whether or not it can be opened. */
export interface FoundLog extends Place {
  /** From the root, with `/` between the parts. */
  readonly relativePath: string;
  readonly format: LogFormat;
}

/** What a walk meets: logs, folders, and folders that it could not look into. */
export type Finding =
  | { readonly kind: 'log'; readonly log: FoundLog }
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable'; readonly path: string };

/** The roots without those that are the same folder as an earlier one. */
export async function resolveRoots(
  given: readonly (LogRoot & { readonly reader: Reader })[],
): Promise<readonly Root[]> {
  const roots = new Map<string, Root>();
  for (const { reader, path, onlyFile, isFlat = onlyFile !== undefined, ...more } of given) {
    const { watched = isFlat ? [`${onlyFile ?? ''}*`] : null, isForeign = false } = more;
    const realPath = await realPathOf(isForeign ? waitingDisk : promptDisk, path);
    const identity = `${reader.agent}\0${realPath}`;
    const root = { reader, path, realPath, isFlat, watched, isForeign, ...(onlyFile && { onlyFile }) };
    if (!roots.has(identity)) roots.set(identity, root);
  }
  return [...roots.values()];
}

/** A foreign root was there when it was found: to ask again and again would keep its system from resting. */
export function rootState(root: Root): LogFolder['state'] {
  if (root.isForeign) return 'found';
  try {
    opendirSync(root.realPath).closeSync();
    return 'found';
  } catch (error) {
    return isMissing(error) ? 'missing' : 'unreadable';
  }
}

/**
 * Walks a root or a folder below it. Each folder is visited once, wherever symbolic links lead. A root that does not
 * exist holds nothing.
 */
export async function* walk(root: Root, from = root.realPath): AsyncGenerator<Finding> {
  const disk = root.isForeign ? waitingDisk : promptDisk;
  const folders: Walked[] = isWithin(root, from)
    ? [{ path: from, relativePath: toRelative(root, from), realPath: null }]
    : [];
  const visited = new Set<string>();
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const realPath = folder.realPath ?? (await realPathOf(disk, folder.path));
    const entries = visited.has(realPath) ? [] : await listFolder(disk, realPath);
    visited.add(realPath);
    if (entries === 'unreadable') yield { kind: 'unreadable', path: folder.path };
    else {
      yield { kind: 'folder' };
      for (const entry of entries) {
        const place = placeIn({ ...folder, realPath: entry.isSymbolicLink() ? null : realPath }, entry.name);
        const { path, relativePath } = place;
        const kind = entry.isSymbolicLink() ? await kindBehind(disk, path) : kindOf(entry);
        const format = kind === 'file' ? formatOf(root, relativePath) : null;
        if (format !== null) yield { kind: 'log', log: { root, path, relativePath, format } };
        else if (kind === 'folder' && mayHoldLogs(root, relativePath)) folders.push(place);
      }
    }
  }
}

/** A file or folder on a walk. What its path is from the root costs more to find out than to keep. */
interface Walked {
  readonly path: string;
  readonly relativePath: string;
  /** Without symbolic links; `null` where one has led here, and it must be asked for. */
  readonly realPath: string | null;
}

/** What has a name in a folder. */
function placeIn({ path, relativePath, realPath }: Walked, name: string): Walked {
  return {
    path: inFolder(path, name),
    relativePath: relativePath === '' ? name : `${relativePath}/${name}`,
    realPath: realPath === null ? null : inFolder(realPath, name),
  };
}

function inFolder(folder: string, name: string): string {
  return folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`;
}

/** A file or folder that a watcher has named. */
export interface Named {
  /** As a walk calls it. */
  readonly path: string;
  /** Those below which it lies: never none. */
  readonly roots: readonly Root[];
  readonly isFolder: boolean;
}

/** Finds what a watcher names, whether or not it is still there; `null` for what lies below no root. */
export async function findNamed(roots: readonly Root[], path: string): Promise<Named | null> {
  const disk = diskOf(roots, path);
  const walked = toWalked(roots, path, await realPathOf(disk, path));
  const holders = roots.filter((root) => isWithin(root, walked));
  if (holders.length === 0) return null;
  return { path: walked, roots: holders, isFolder: (await kindBehind(disk, walked)) === 'folder' };
}

/**
 * What a walk calls a path: its real path where that lies below a root, and else, as behind a link that leads out of the
 * root, the way that was given.
 */
function toWalked(roots: readonly Root[], path: string, realPath: string): string {
  const known = [realPath, path].find((name) => roots.some((root) => isWithin(root, name)));
  if (known !== undefined) return known;
  const root = roots.find((each) => isWithin({ ...each, realPath: each.path }, path));
  return root === undefined ? path : join(root.realPath, relative(root.path, path));
}

/** What kind of log its reader takes a file for; `null` for none, and for what does not lie below the root. */
export function formatAt(root: Root, path: string): LogFormat | null {
  return isWithin(root, path) ? formatOf(root, toRelative(root, path)) : null;
}

function formatOf(root: Root, relativePath: string): LogFormat | null {
  if (root.isFlat && relativePath.includes('/')) return null;
  if (root.onlyFile !== undefined && root.onlyFile !== relativePath) return null;
  const format = root.reader.formatOf(relativePath);
  return root.isForeign && format?.kind === 'database' ? null : format;
}

function mayHoldLogs({ isFlat, reader, path }: Root, relativePath: string): boolean {
  return !isFlat && reader.mayHoldLogs?.(relativePath, path) !== false;
}

/** Whether `path` is the root or lies below it. */
export function isWithin(root: Pick<Root, 'realPath'>, path: string): boolean {
  const way = relative(root.realPath, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path from the root, with `/` between the parts. */
export function toRelative(root: Pick<Root, 'realPath'>, path: string): string {
  return relative(root.realPath, path).split(sep).join('/');
}

/** Whether a folder stands at `path`, whatever its name. */
export async function isFolderAt(path: string): Promise<boolean> {
  return (await kindBehind(waitingDisk, path)) === 'folder';
}

export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What a walk asks of a file system. */
interface Disk {
  realpath(path: string): string | Promise<string>;
  list(path: string): readonly Dirent[] | Promise<readonly Dirent[]>;
  stat(path: string): Stats | Promise<Stats>;
}

/** Is asked at once: to wait for another thread takes several times as long, and takes threads that all extensions share. */
const promptDisk: Disk = {
  // Of most folders that are looked for there is none, and it takes less to ask than to be told by an error.
  realpath: (path) => (isThere(path) ? realpathSync.native(path) : path),
  list: (path) => (isThere(path) ? readdirSync(path, { withFileTypes: true }) : []),
  stat: (path) => statSync(path),
};

/** How to ask for a path: at once where its name tells that it lies on this machine, and only then. */
function diskOf(roots: readonly Root[], path: string): Disk {
  const holders = roots.filter((root) => isWithin(root, path) || isWithin({ realPath: root.path }, path));
  return holders.length > 0 && holders.every(({ isForeign }) => !isForeign) ? promptDisk : waitingDisk;
}

/** @throws where that cannot be known, as below a folder that cannot be looked into */
function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Another system may take its time to answer, or never do. */
const waitingDisk: Disk = {
  realpath: (path) => realpath(path),
  list: (path) => readdir(path, { withFileTypes: true }),
  stat: (path) => stat(path),
};

/** The path itself where nothing stands there. */
async function realPathOf(disk: Disk, path: string): Promise<string> {
  try {
    return await disk.realpath(path);
  } catch {
    return path;
  }
}

async function listFolder(disk: Disk, realPath: string): Promise<readonly Dirent[] | 'unreadable'> {
  try {
    return await disk.list(realPath);
  } catch (error) {
    return isMissing(error) ? [] : 'unreadable';
  }
}

type Kind = 'file' | 'folder' | 'other';

async function kindBehind(disk: Disk, link: string): Promise<Kind> {
  try {
    return kindOf(await disk.stat(link));
  } catch {
    return 'other';
  }
}

function kindOf(entry: Dirent | Stats): Kind {
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}
