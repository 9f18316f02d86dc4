/**
 * What agents' files were before a guard came into them, and after: where nobody has changed them since, every byte is
 * given back.
 */

import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldOf } from '../../engines/json.ts';
import { guardFolderIn } from '../../guard/guardFolder.ts';
import { replaceFile } from '../changes/changedFile.ts';
import type { GuardPlace } from './guardPlace.ts';

export interface KeptChange {
  readonly path: string;
  /** `null` where there was no file. */
  readonly before: string | null;
  readonly after: string;
}

/** Settings may hold keys: what is kept of them is for nobody else. A second change keeps what was before the first. */
export async function keepChange(place: GuardPlace, change: KeptChange): Promise<void> {
  const known = await keptChangeOf(place, change.path);
  const before = known !== null && known.after === change.before ? known.before : change.before;
  await replaceFile(fileOf(place, change.path), JSON.stringify({ ...change, before }));
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
  const [file, before, after] = ['path', 'before', 'after'].map((name) => fieldOf(kept, name));
  if (file !== path || typeof after !== 'string') return null;
  return before === null || typeof before === 'string' ? { path, before, after } : null;
}
