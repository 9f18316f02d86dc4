/** Watching the files that a prompt sends, and the folders in which new ones may come. */

import { type Disposable, RelativePattern, Uri, workspace } from 'vscode';
import { Lifetime } from '../lifetime.ts';
import { mattersTo, noPaths, type WatchedPaths } from './watchedPaths.ts';

export class PartWatchers implements Disposable {
  readonly #watchers = new Map<string, Lifetime>();
  readonly #onChange: () => void;
  #paths = noPaths;

  /** @param onChange called for each change that matters */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these folders, and no others. */
  follow(paths: WatchedPaths): void {
    this.#paths = paths;
    const wanted = paths.folders;
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
    return this.#paths.parts.has(path);
  }

  dispose(): void {
    this.follow(noPaths);
  }

  #watch(folder: string): Lifetime {
    const lifetime = new Lifetime();
    const watcher = lifetime.add(
      workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), '*')),
    );
    const comeOrGo = ({ fsPath }: Uri) => mattersTo(this.#paths, fsPath) && this.#onChange();
    lifetime.add(watcher.onDidCreate(comeOrGo));
    lifetime.add(watcher.onDidDelete(comeOrGo));
    lifetime.add(watcher.onDidChange(({ fsPath }) => this.isPart(fsPath) && this.#onChange()));
    return lifetime;
  }
}
