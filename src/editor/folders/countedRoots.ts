/** Folders to count, with what the editor's settings hide in them. */

import { type Uri, workspace } from 'vscode';
import type { Exclude } from '../../folders/excludes.ts';
import type { CountedRoot } from '../../workers/folderProtocol.ts';

export function toCountedRoots(folders: readonly Uri[]): readonly CountedRoot[] {
  return folders.map((uri) => ({
    path: uri.fsPath,
    excludeBase: (workspace.getWorkspaceFolder(uri)?.uri ?? uri).fsPath,
    excludes: [...excludesIn(uri, 'files.exclude'), ...excludesIn(uri, 'search.exclude')],
  }));
}

function excludesIn(uri: Uri, setting: string): readonly Exclude[] {
  const value: unknown = workspace.getConfiguration(undefined, uri).get(setting);
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([pattern, condition]) => toExclude(pattern, condition))
    : [];
}

/** The condition is `true` or names a sibling; a pattern of anything else is switched off. */
function toExclude(pattern: string, condition: unknown): readonly Exclude[] {
  if (condition === true) return [{ pattern }];
  const isConditional = typeof condition === 'object' && condition !== null && 'when' in condition;
  return isConditional && typeof condition.when === 'string' ? [{ pattern, when: condition.when }] : [];
}
