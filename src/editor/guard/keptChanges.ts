/**
 * What agents' files were before a guard came into them, and after: where nobody has changed them since, every byte is
 * given back.
 */

import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fieldOf } from '../../engines/json.ts';
import { guardFolderIn } from '../../guard/guardFolder.ts';
import { replaceFile } from '../changes/changedFile.ts';
import { missingFolders } from '../changes/madeFolders.ts';
import type { GuardPlace } from './guardPlace.ts';

export interface KeptChange {
  readonly path: string;
  /** `null` where there was no file. */
  readonly before: string | null;
  readonly after: string;
  /** Folders that were made for it, the innermost first. */
  readonly folders: readonly string[];
}

/**
 * To be called before the change is made. Settings may hold keys: what is kept of them is for nobody else. A second change
 * keeps what was before the first.
 */
export async function keepChange(place: GuardPlace, change: Omit<KeptChange, 'folders'>): Promise<void> {
  const known = await keptChangeOf(place, change.path);
  const isSecond = known !== null && known.after === change.before;
  const { before, folders } = isSecond
    ? known
    : { before: change.before, folders: await missingFolders(change.path) };
  await replaceFile(fileOf(place, change.path), JSON.stringify({ ...change, before, folders }));
}

export async function keptChangeOf(place: GuardPlace, path: string): Promise<KeptChange | null> {
  try {
    return toKeptChange(JSON.parse(await readFile(fileOf(place, path), 'utf8')), path);
  } catch {
    return null;
  }
}

export async function forgetChange(place: GuardPlace, path: string): Promise<void> {
  await rm(fileOf(place, path), { force: true });
}

function fileOf({ dataFolder }: GuardPlace, path: string): string {
  const name = createHash('sha256').update(path).digest('hex').slice(0, 32);
  return join(guardFolderIn(dataFolder), 'changes', `${name}.json`);
}

function toKeptChange(kept: unknown, path: string): KeptChange | null {
  const names = ['path', 'before', 'after', 'folders'];
  const [file, before, after, folders] = names.map((name) => fieldOf(kept, name));
  if (file !== path || typeof after !== 'string') return null;
  if (before !== null && typeof before !== 'string') return null;
  return { path, before, after, folders: foldersAbove(path, folders) };
}

/** Whoever wrote it: no other folders than those of the file. */
function foldersAbove(path: string, folders: unknown): readonly string[] {
  if (!Array.isArray(folders)) return [];
  return folders.filter((folder) => typeof folder === 'string' && path.startsWith(`${folder}${sep}`));
}
