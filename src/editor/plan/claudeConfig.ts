/** The folders in which Claude Code keeps its settings, by the rules of the reader of its logs. */

import { basename, dirname } from 'node:path';
import type { Machine } from '../../agents/reader.ts';
import { resolveFolder } from '../dataFolder.ts';

/**
 * The one to change first, then others in which something may have been changed before.
 *
 * @param ownFolders the user's setting for the folders of its logs, which goes before its variable
 */
export function claudeConfigFolders(
  machine: Machine,
  ownFolders: readonly string[],
): readonly [string, ...string[]] {
  const named = (machine.environment.CLAUDE_CONFIG_DIR ?? '').split(',').filter((item) => item.trim() !== '');
  const folders = [...ownFolders, ...named, '~/.claude'].map((folder) => toConfig(machine, folder));
  const [first = '', ...others] = new Set(folders);
  return [first, ...others];
}

/** Logs lie in `projects` below it. */
function toConfig(machine: Machine, folder: string): string {
  const path = resolveFolder(machine, folder);
  return basename(path) === 'projects' ? dirname(path) : path;
}
