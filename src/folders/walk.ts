/** Goes through a folder and counts what is in it, a file at a time. */

import { type CountTools, countFile } from './countFile.ts';
import { type DiskEntry, isDiskError } from './disk.ts';
import type { IsExcluded } from './excludes.ts';
import { readIgnoreFiles, rulesAbove } from './ignoreFiles.ts';
import type { IgnoreRules } from './ignoreRules.ts';
import type { TreeFolder } from './tokenTree.ts';

/** Fills the tree of a folder. Yields after each file and each part of a large one, and can be ended at any yield. */
export function* walk(
  root: TreeFolder,
  isExcluded: IsExcluded,
  tools: CountTools,
): Generator<undefined, void> {
  yield* walkFolder(root, rulesAbove(tools.disk, root.path), isExcluded, tools);
}

function* walkFolder(
  folder: TreeFolder,
  rules: IgnoreRules,
  isExcluded: IsExcluded,
  tools: CountTools,
): Generator<undefined, void> {
  const entries = list(folder, tools);
  const names = new Set(entries.map(({ name }) => name));
  const own = rules.enter(
    folder.path,
    readIgnoreFiles(tools.disk, folder.path, (name) => names.has(name)),
  );
  const below: string[] = [];
  for (const { name, kind } of entries) {
    const path = folder.pathOf(name);
    // What git keeps for itself is nobody's text, and nobody misses it.
    if (name === '.git') continue;
    if (isExcluded(path, names) || own.ignores(path, kind === 'folder')) folder.skip('ignored');
    else if (kind === 'folder') below.push(name);
    else if (kind !== 'file') folder.skip(kind);
    else {
      const outcome = yield* countFile(path, tools);
      if (typeof outcome === 'string') folder.skip(outcome);
      else folder.addFile(name, outcome);
    }
    yield;
  }
  for (const name of below) yield* walkFolder(folder.addFolder(name), own, isExcluded, tools);
  folder.markComplete();
}

function list(folder: TreeFolder, { disk }: CountTools): readonly DiskEntry[] {
  try {
    return disk.list(folder.path);
  } catch (error) {
    if (!isDiskError(error)) throw error;
    folder.markUnreadable();
    return [];
  }
}
