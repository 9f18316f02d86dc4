/** A home folder for other programs: it leads to the logs of another, and takes what they write for themselves. */

import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders in which programs keep settings and caches beside logs of agents: theirs are real, what they hold is linked. */
const shared = new Set(['.config', '.cache', '.local', 'share', 'state']);

/** The programs' own: what they kept of earlier runs must not be taken for logs. */
const own = new Set(['tokscale', 'ccusage']);

export async function linkHome(home: string, into: string): Promise<void> {
  for (const entry of await readdir(home, { withFileTypes: true })) {
    const [from, to] = [join(home, entry.name), join(into, entry.name)];
    if (own.has(entry.name)) continue;
    if (entry.isDirectory() && shared.has(entry.name)) {
      await mkdir(to);
      await linkHome(from, to);
    } else await symlink(from, to);
  }
}
