/** The disk of this machine for the assembly of prompts: bounded in time and size, and never stuck in a pipe. */

import { constants } from 'node:fs';
import { type FileHandle, open, opendir, realpath, stat } from 'node:fs/promises';
import type { FileState, Files, FolderEntry } from '../estimator/context/files.ts';

/** A disk that answers later, such as a lost network drive, counts as unreadable. */
const patienceMs = 2_000;
/** Entries of a folder that are looked at. */
const mostEntries = 10_000;

/** Opening a pipe for reading waits for a writer unless told not to; Windows has no such flag. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export const nodeFiles: Files = {
  look: (path) => inTime(look(path), { kind: 'unreadable' }),
  read: (path, limitBytes) => inTime(read(path, limitBytes), null),
  list: (path) => inTime(list(path), null),
};

async function look(path: string): Promise<FileState> {
  try {
    const realPath = toSlashes(await realpath(path));
    const found = await stat(realPath);
    if (found.isDirectory()) return { kind: 'folder', realPath };
    if (!found.isFile()) return { kind: 'unreadable' };
    return { kind: 'file', realPath, sizeBytes: found.size, modifiedMs: found.mtimeMs };
  } catch (error) {
    return { kind: isMissing(error) ? 'missing' : 'unreadable' };
  }
}

/** What is looked at can be another thing by the time that it is opened: it is asked again. */
async function read(path: string, limitBytes: number): Promise<Uint8Array | null> {
  try {
    const file = await open(path, withoutWaiting);
    try {
      const found = await file.stat();
      return found.isFile() ? await readHead(file, Math.min(found.size, limitBytes)) : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

async function readHead(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function list(path: string): Promise<readonly FolderEntry[] | null> {
  const entries: FolderEntry[] = [];
  try {
    for await (const entry of await opendir(path)) {
      if (entries.length === mostEntries) break;
      const isFolder = entry.isSymbolicLink() ? await isFolderBehind(path, entry.name) : entry.isDirectory();
      entries.push({ name: entry.name, isFolder });
    }
    return entries;
  } catch {
    return null;
  }
}

async function isFolderBehind(folder: string, name: string): Promise<boolean> {
  return (await look(`${folder}/${name}`)).kind === 'folder';
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

async function inTime<Result>(work: Promise<Result>, otherwise: Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), patienceMs);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

/** The spelling of paths in the estimator. */
export function toSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
