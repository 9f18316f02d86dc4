/** Looking through folders for the files below them. */

import type { FolderEntry } from './files.ts';
import { compileGlob } from './globs.ts';
import { relativePath } from './paths.ts';
import type { RoundFiles } from './roundFiles.ts';

/** Files that one pattern or folder of a prompt stands for, at most. */
const mostFiles = 200;
/** Folders that are looked into, at most: a mistyped pattern must not read a disk. */
const mostFolders = 1_000;
/** Links can lead round in circles without end. */
const deepest = 16;

/** Folders that no agent sends: history, and what package managers put there. */
const skipped = new Set(['.git', '.hg', '.svn', 'node_modules']);

export interface FoundPaths {
  readonly paths: readonly string[];
  /** Whether there is more than was looked at. */
  readonly isCut: boolean;
}

/** The files below `folder` that `isWanted`, in the order of their names. */
export async function findBelow(
  files: RoundFiles,
  folder: string,
  isWanted: (path: string) => boolean,
): Promise<FoundPaths> {
  const paths: string[] = [];
  const waiting = [{ folder, depth: 0 }];
  for (let looked = 0; waiting.length > 0; looked++) {
    if (looked === mostFolders || paths.length > mostFiles)
      return { paths: paths.slice(0, mostFiles), isCut: true };
    const next = waiting.pop();
    if (next === undefined) break;
    for (const { name, isFolder } of byName((await files.list(next.folder)) ?? [])) {
      // A folder can hold ten thousand names that take long to compare.
      if (files.isLate()) return { paths: paths.slice(0, mostFiles).sort(), isCut: true };
      const path = `${next.folder.replace(/\/$/, '')}/${name}`;
      if (!isFolder && isWanted(path)) paths.push(path);
      else if (isFolder && next.depth < deepest && !skipped.has(name)) {
        waiting.push({ folder: path, depth: next.depth + 1 });
      }
    }
  }
  return { paths: paths.slice(0, mostFiles).sort(), isCut: paths.length > mostFiles };
}

export function byName(entries: readonly FolderEntry[]): readonly FolderEntry[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The longest folder at the head of a pattern that has no sign of one. */
export function staticFolder(pattern: string): string {
  return pattern.slice(0, Math.max(0, pattern.slice(0, pattern.search(/[*?{[]/)).lastIndexOf('/')));
}

/**
 * Whether patterns that are relative to `folder` fit paths; one without a slash fits a name in any folder, and one
 * that is too complicated fits nothing.
 */
export function matcher(folder: string, patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.flatMap(
    (pattern) => compileGlob(pattern.replace(/^\.?\//, ''), { basename: !pattern.includes('/') }) ?? [],
  );
  return (path) => tests.some((test) => test(relativePath(folder, path)));
}
