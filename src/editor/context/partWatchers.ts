/** Watching the files that a prompt sends, and the folders in which new ones may come. */

import { dirname } from 'node:path';
import { type Disposable, RelativePattern, Uri, workspace } from 'vscode';
import type { CountedPart } from '../../workers/contextProtocol.ts';
import { Lifetime } from '../lifetime.ts';

/** Folders that are watched, the first that come. */
const mostFolders = 32;

export class PartWatchers implements Disposable {
  readonly #watchers = new Map<string, Lifetime>();
  readonly #onChange: () => void;
  #paths: ReadonlySet<string> = new Set();

  /** @param onChange called for each change */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these parts, and which files come and go beside them and in `folders`; and no others. */
  follow(folders: readonly string[], parts: readonly CountedPart[]): void {
    const paths = parts.map(({ path }) => Uri.file(path).fsPath);
    this.#paths = new Set(paths);
    const wanted = [...new Set([...folders, ...paths.map((path) => dirname(path))])].slice(0, mostFolders);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.includes(folder)) continue;
      watcher.dispose();
      this.#watchers.delete(folder);
    }
    for (const folder of wanted) {
      if (!this.#watchers.has(folder)) this.#watchers.set(folder, this.#watch(folder));
    }
  }

  isPart(path: string): boolean {
    return this.#paths.has(path);
  }

  dispose(): void {
    this.follow([], []);
  }

  #watch(folder: string): Lifetime {
    const lifetime = new Lifetime();
    const watcher = lifetime.add(
      workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), '*')),
    );
    lifetime.add(watcher.onDidCreate(this.#onChange));
    lifetime.add(watcher.onDidDelete(this.#onChange));
    lifetime.add(watcher.onDidChange(({ fsPath }) => this.isPart(fsPath) && this.#onChange()));
    return lifetime;
  }
}
