/** Finds and reads the ignore files that have a say in a folder. */

import { dirname, join, resolve } from 'node:path';
import type { Disk } from './disk.ts';
import { type IgnoreFiles, IgnoreRules } from './ignoreRules.ts';

/** Longer ones are cut: nobody writes them by hand. */
const longestBytes = 1 << 20;

/** @param has whether something of this name lies in the folder */
export function readIgnoreFiles(disk: Disk, folder: string, has: (name: string) => boolean): IgnoreFiles {
  const read = (name: string) => (has(name) ? readText(disk, join(folder, name)) : undefined);
  return {
    ignore: read('.ignore'),
    gitignore: read('.gitignore'),
    repositoryExclude: has('.git') ? (readExclude(disk, folder) ?? '') : undefined,
  };
}

/** The rules that hold in a folder by what lies above it, up to the root of its repository; none in no repository. */
export function rulesAbove(disk: Disk, folder: string): IgnoreRules {
  return foldersUpToRepository(disk, folder).reduce(
    (rules, path) =>
      rules.enter(
        path,
        readIgnoreFiles(disk, path, (name) => exists(disk, join(path, name))),
      ),
    IgnoreRules.none,
  );
}

/** The root of the repository first; empty where the folder is that root. */
function foldersUpToRepository(disk: Disk, folder: string): readonly string[] {
  const above: string[] = [];
  for (let path = folder; !exists(disk, join(path, '.git')); ) {
    const parent = dirname(path);
    if (parent === path) return [];
    above.unshift(parent);
    path = parent;
  }
  return above;
}

function exists(disk: Disk, path: string): boolean {
  try {
    disk.stamp(path);
    return true;
  } catch {
    return false;
  }
}

/** `.git` is a file that names another folder in submodules and further worktrees; the latter share one `info`. */
function readExclude(disk: Disk, folder: string): string | undefined {
  const dotGit = join(folder, '.git');
  const pointer = readText(disk, dotGit);
  const named = /^gitdir: (.+?)\s*$/m.exec(pointer ?? '')?.[1];
  const gitFolder = named === undefined ? dotGit : resolve(folder, named);
  const common = readText(disk, join(gitFolder, 'commondir'))?.trim();
  return readText(disk, join(common ? resolve(gitFolder, common) : gitFolder, 'info', 'exclude'));
}

/** `undefined` for what cannot be read. */
function readText(disk: Disk, path: string): string | undefined {
  try {
    const file = disk.open(path);
    if (file === null) return undefined;
    try {
      const bytes = new Uint8Array(Math.min(file.stamp().size, longestBytes));
      return new TextDecoder().decode(bytes.subarray(0, file.read(bytes)));
    } finally {
      file.close();
    }
  } catch {
    return undefined;
  }
}
