/** The folders that are made for a new file of another program, which go with it where nothing else came into them. */

import { access, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Those above the path that are not there, the innermost first. */
export async function missingFolders(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  if (folder === path || (await isThere(folder))) return [];
  return [folder, ...(await missingFolders(folder))];
}

/** Ends at the first that is not empty, or that cannot be removed. @param folders the innermost first */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await rmdir(folder);
  } catch {
    // Somebody has put something into it, or has taken it away: it is theirs.
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
