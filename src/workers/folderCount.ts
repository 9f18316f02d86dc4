/** One count of folders: done in slices, so that questions are answered and an end is heard of meanwhile. */

import { basename, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { CountTools } from '../folders/countFile.ts';
import { toExcluded } from '../folders/excludes.ts';
import { TreeFolder } from '../folders/tokenTree.ts';
import { walk } from '../folders/walk.ts';
import type { CountedRoot } from './folderProtocol.ts';

const sliceMs = 10;

export class FolderCount {
  readonly #roots: readonly { readonly tree: TreeFolder; readonly walking: Generator<undefined, void> }[];
  /** Names the counts of the trees, as `CountTools` has it. */
  readonly encodingKey: string;
  #isCounting = true;

  /** Roots that lie in another of them are a part of it, and none counts twice. */
  constructor(roots: readonly CountedRoot[], tools: CountTools) {
    this.encodingKey = tools.encodingKey;
    this.#roots = roots.filter(isOutermost).map((root) => {
      const tree = new TreeFolder(basename(root.path) || root.path, root.path);
      return { tree, walking: walk(tree, toExcluded(root.excludeBase, root.excludes), tools) };
    });
  }

  get isCounting(): boolean {
    return this.#isCounting;
  }

  get trees(): readonly TreeFolder[] {
    return this.#roots.map(({ tree }) => tree);
  }

  find(path: string): TreeFolder | undefined {
    for (const tree of this.trees) {
      const found = tree.find(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  stop(): void {
    this.#isCounting = false;
  }

  /**
   * Counts to the end, or until it is stopped.
   *
   * @param rest lets messages be read; called between slices
   */
  async run(rest: () => Promise<void>): Promise<void> {
    try {
      for (const { walking } of this.#roots) await this.#drive(walking, rest);
    } finally {
      this.#isCounting = false;
      // Ended in the middle of a file, it closes the file.
      for (const { walking } of this.#roots) walking.return();
    }
  }

  async #drive(walking: Generator<undefined, void>, rest: () => Promise<void>): Promise<void> {
    let sliceEndMs = performance.now() + sliceMs;
    while (this.#isCounting && walking.next().done !== true) {
      if (performance.now() < sliceEndMs) continue;
      await rest();
      sliceEndMs = performance.now() + sliceMs;
    }
  }
}

function isOutermost({ path }: CountedRoot, index: number, roots: readonly CountedRoot[]): boolean {
  return !roots.some((other, at) => (path === other.path ? at < index : isWithin(path, other.path)));
}

function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
