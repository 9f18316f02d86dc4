/** The tokens of a folder and of all that is in it, summed up while they come in. */

import { sep } from 'node:path';
import type { Count } from '../estimator/encoding.ts';

/**
 * Why something is not counted.
 *
 * - `ignored`: by an ignore file or a setting; a folder that is ignored counts once, whatever is in it
 * - `link`: a symbolic link, which is not followed
 * - `special`: a device, a pipe or a socket
 */
export const skipReasons = ['ignored', 'binary', 'tooLarge', 'unreadable', 'link', 'special'] as const;

export type SkipReason = (typeof skipReasons)[number];

export type Skipped = Readonly<Record<SkipReason, number>>;

export const noneSkipped: Skipped = {
  ignored: 0,
  binary: 0,
  tooLarge: 0,
  unreadable: 0,
  link: 0,
  special: 0,
};

export interface TreeFile {
  readonly kind: 'file';
  readonly name: string;
  readonly path: string;
  /** In the encoding that was counted with. */
  readonly count: Count;
}

/** The first entries of a folder, biggest first. */
export interface TreePage {
  readonly entries: readonly (TreeFolder | TreeFile)[];
  /** How many there are beside these. */
  readonly hidden: number;
}

export class TreeFolder {
  readonly kind = 'folder';
  readonly name: string;
  readonly path: string;
  readonly #parent: TreeFolder | undefined;
  readonly #folders: TreeFolder[] = [];
  readonly #files: TreeFile[] = [];
  readonly #skipped: Record<SkipReason, number> = { ...noneSkipped };
  #tokens = 0;
  #inexactFiles = 0;
  #fileCount = 0;
  #isComplete = false;
  #isUnreadable = false;

  /** @param path absolute */
  constructor(name: string, path: string, parent?: TreeFolder) {
    this.name = name;
    this.path = path;
    this.#parent = parent;
  }

  /** Of all files below. */
  get count(): Count {
    return { tokens: this.#tokens, isExact: this.#inexactFiles === 0 };
  }

  /** Files that were counted, at every depth. */
  get fileCount(): number {
    return this.#fileCount;
  }

  get skipped(): Skipped {
    return this.#skipped;
  }

  /** Whether everything below was counted or skipped. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether the folder itself could not be listed. */
  get isUnreadable(): boolean {
    return this.#isUnreadable;
  }

  /** This folder or one below it; `undefined` for a path that is none of them. */
  find(path: string): TreeFolder | undefined {
    if (path === this.path) return this;
    if (!path.startsWith(this.pathOf(''))) return undefined;
    for (const folder of this.#folders) {
      const found = folder.find(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  pathOf(name: string): string {
    return this.path.endsWith(sep) ? this.path + name : this.path + sep + name;
  }

  addFolder(name: string): TreeFolder {
    const folder = new TreeFolder(name, this.pathOf(name), this);
    this.#folders.push(folder);
    return folder;
  }

  addFile(name: string, count: Count): void {
    this.#files.push({ kind: 'file', name, path: this.pathOf(name), count });
    for (let folder: TreeFolder | undefined = this; folder !== undefined; folder = folder.#parent) {
      folder.#tokens += count.tokens;
      folder.#fileCount += 1;
      if (!count.isExact) folder.#inexactFiles += 1;
    }
  }

  skip(reason: SkipReason): void {
    for (let folder: TreeFolder | undefined = this; folder !== undefined; folder = folder.#parent) {
      folder.#skipped[reason] += 1;
    }
  }

  markComplete(): void {
    this.#isComplete = true;
  }

  markUnreadable(): void {
    this.#isUnreadable = true;
    this.skip('unreadable');
  }

  /** Folders in which there is nothing to see are left out. */
  page(limit: number): TreePage {
    const all = [...this.#folders.filter(isWorthShowing), ...this.#files].sort(byTokens);
    return { entries: all.slice(0, limit), hidden: Math.max(0, all.length - limit) };
  }
}

function isWorthShowing({ fileCount, skipped }: TreeFolder): boolean {
  return fileCount > 0 || skipped.unreadable > 0;
}

function byTokens(a: TreeFolder | TreeFile, b: TreeFolder | TreeFile): number {
  return b.count.tokens - a.count.tokens || (a.name < b.name ? -1 : 1);
}
