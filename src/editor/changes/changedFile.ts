/** Files of other programs that are changed on the user's command: how they are read, and replaced in one step. */

import {
  access,
  constants,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';

/** `null` where there is none; `unreadable` where it cannot be read or changed, is no UTF-8, or a link leads nowhere. */
export async function readToChange(path: string): Promise<string | null | 'unreadable'> {
  try {
    const bytes = await readFile(path);
    await access(path, constants.W_OK);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const isThere = await lstat(path).then(
      () => true,
      (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
    );
    return isThere ? 'unreadable' : null;
  }
}

/**
 * In one step, so that nobody meets half of it; through a link to where it leads. A file that is there keeps its rights:
 * it may hold keys, and so a new one is for its user alone.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  await mkdir(dirname(target), { recursive: true });
  const known = await stat(target).catch(() => null);
  const unfinished = `${target}.${process.pid}.tmp`;
  await writeFile(unfinished, text, { mode: known === null ? 0o600 : known.mode & 0o777 });
  await rename(unfinished, target);
}
