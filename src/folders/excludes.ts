/** What the editor's settings hide from its explorer and its search, by the glob patterns of those settings. */

import { sep } from 'node:path';
import { compileGlob } from '../estimator/context/globs.ts';

/** One pattern of `files.exclude` or `search.exclude`, relative to the workspace folder. */
export interface Exclude {
  readonly pattern: string;
  /** Hides only beside such a file: `$(basename)` stands for the name of the hidden one without its extension. */
  readonly when?: string;
}

/** Whether a path below the base, of which the folder holds these names, is hidden. */
export type IsExcluded = (path: string, siblings: ReadonlySet<string>) => boolean;

/** @param base absolute path that the patterns are relative to; one that is too complicated hides nothing */
export function toExcluded(base: string, excludes: readonly Exclude[]): IsExcluded {
  const baseLength = base.endsWith(sep) ? base.length : base.length + 1;
  const matchers = excludes.flatMap(({ pattern, when }) => {
    const matches = compileGlob(pattern);
    return matches === undefined ? [] : [{ matches, when }];
  });
  return (path, siblings) => {
    const relative = path.slice(baseLength);
    const posix = sep === '/' ? relative : relative.replaceAll(sep, '/');
    return matchers.some(
      ({ matches, when }) => matches(posix) && (when === undefined || siblings.has(siblingOf(posix, when))),
    );
  };
}

function siblingOf(path: string, when: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return when.replaceAll('$(basename)', () => (dot > 0 ? name.slice(0, dot) : name));
}
