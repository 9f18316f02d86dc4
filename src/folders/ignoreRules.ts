/**
 * Which files and folders ignore files leave out, as git and ripgrep read them: `.gitignore` and `.ignore` of every
 * folder from the root of the repository down, and the repository's own `info/exclude`. The patterns are read by a
 * library; which file has the last word is decided here.
 */

import { sep } from 'node:path';
import createMatcher, { type Ignore } from 'ignore';

/** The patterns of one ignore file. */
interface Level {
  /** Length of the path of the folder that the patterns are relative to, with the separator after it. */
  readonly baseLength: number;
  readonly lines: readonly string[];
  readonly matcher: Ignore;
  /** Whether the patterns hold within one repository alone. */
  readonly isOfGit: boolean;
}

/** What the ignore files of one folder say; absent files are `undefined`. */
export interface IgnoreFiles {
  readonly ignore: string | undefined;
  readonly gitignore: string | undefined;
  /** Set where the folder is the root of a repository: the text of its `info/exclude`, empty without one. */
  readonly repositoryExclude: string | undefined;
}

/** The rules for what lies in one folder. Paths are absolute; case counts but on the systems where git ignores it. */
export class IgnoreRules {
  static readonly none: IgnoreRules = new IgnoreRules([]);

  /** The strongest first. */
  readonly #levels: readonly Level[];

  private constructor(levels: readonly Level[]) {
    this.#levels = levels;
  }

  ignores(path: string, isFolder: boolean): boolean {
    for (const level of this.#levels) {
      const { ignored, unignored } = test(level, path, isFolder);
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** The rules for what lies in a folder below, which is not ignored, or is to be counted nevertheless. */
  enter(folder: string, files: IgnoreFiles): IgnoreRules {
    const isRepository = files.repositoryExclude !== undefined;
    const above = this.#levels
      .filter(({ isOfGit }) => !(isOfGit && isRepository))
      .map((level) => withoutRuleFor(level, folder));
    return new IgnoreRules([
      ...toLevels(folder, files.ignore, false),
      ...toLevels(folder, files.gitignore, true),
      ...above,
      ...toLevels(folder, files.repositoryExclude, true),
    ]);
  }
}

function toLevels(folder: string, text: string | undefined, isOfGit: boolean): Level[] {
  const lines = (text ?? '').replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.every((line) => line === '' || line.startsWith('#'))) return [];
  const baseLength = folder.endsWith(sep) ? folder.length : folder.length + 1;
  return [toLevel(baseLength, lines, isOfGit)];
}

function toLevel(baseLength: number, lines: readonly string[], isOfGit: boolean): Level {
  const ignorecase = process.platform === 'win32' || process.platform === 'darwin';
  return { baseLength, lines, isOfGit, matcher: createMatcher({ ignorecase }).add(lines) };
}

function test({ matcher, baseLength }: Level, path: string, isFolder: boolean) {
  const relative = path.slice(baseLength);
  const posix = sep === '/' ? relative : relative.replaceAll(sep, '/');
  return matcher.test(isFolder ? `${posix}/` : posix);
}

/**
 * A level that would leave out the folder itself, though another file or the user has it counted, would leave out all
 * that is in it: it stays without the patterns that fit the folder.
 */
function withoutRuleFor(level: Level, folder: string): Level {
  let rest = level;
  for (let { rule } = test(rest, folder, true); rule !== undefined; { rule } = test(rest, folder, true)) {
    const { pattern } = rule;
    const lines = rest.lines.filter((line) => line.trim() !== pattern.trim());
    rest = toLevel(level.baseLength, lines.length < rest.lines.length ? lines : [], level.isOfGit);
  }
  return rest;
}
