/** The watchers of one folder with logs. They follow the folders that appear below it. */

import { type Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import { Delay, Lifetime } from '../lifetime.ts';
import { planWatches, type Watch, type WatchedFolder } from './watchPlan.ts';

/** A watcher takes a moment to begin: what appeared meanwhile in a folder that is new is looked for then. */
const newFolderMs = 1_000;

/** Linux watches folder by folder whoever asks; elsewhere one watcher of many folders costs no more than one of few. */
const mostFolders = process.platform === 'linux' ? 512 : 8;

export class PlannedWatches implements Disposable {
  readonly #folder: WatchedFolder;
  readonly #note: (path: string) => void;
  readonly #watchers = new Map<string, Disposable>();
  readonly #newFolders = new Set<string>();
  readonly #later = new Delay(() => this.#lookAgain());
  #planning: Promise<void>;
  #isOver = false;

  /** @param note is told of what appeared or changed, and of new folders once more when these are surely watched */
  constructor(folder: WatchedFolder, note: (path: string) => void) {
    this.#folder = folder;
    this.#note = note;
    this.#planning = this.#follow(false);
  }

  dispose(): void {
    this.#isOver = true;
    this.#later.dispose();
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#watchers.clear();
  }

  #plan(): void {
    this.#planning = this.#planning.then(() => this.#follow(true));
  }

  /** @param isLater whether the folders that are found now are new */
  async #follow(isLater: boolean): Promise<void> {
    const planned = await planWatches(this.#folder, foldersIn, mostFolders);
    if (this.#isOver) return;
    const wanted = new Map(planned.map((watch) => [`${watch.path}\0${watch.pattern}`, watch]));
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watchers.delete(key);
    }
    for (const [key, watch] of wanted) {
      if (this.#watchers.has(key)) continue;
      this.#watchers.set(key, this.#watch(watch));
      if (isLater) this.#noteLater(watch.path);
    }
  }

  #watch({ path, pattern }: Watch): Disposable {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(path), pattern));
    const lifetime = new Lifetime();
    lifetime.add(watcher);
    lifetime.add(watcher.onDidCreate(({ fsPath }) => this.#appeared(fsPath)));
    for (const event of [watcher.onDidChange, watcher.onDidDelete]) {
      lifetime.add(event(({ fsPath }) => mayBeLog(fsPath) && this.#note(fsPath)));
    }
    return lifetime;
  }

  #appeared(path: string): void {
    this.#note(path);
    if (mayBeLog(path)) return;
    this.#noteLater(path);
    this.#plan();
  }

  #noteLater(folder: string): void {
    this.#newFolders.add(folder);
    this.#later.restart(newFolderMs);
  }

  #lookAgain(): void {
    for (const folder of this.#newFolders) this.#note(folder);
    this.#newFolders.clear();
    this.#plan();
  }
}

/** By its name alone, which also ends otherwise where a log was compressed or set aside. */
function mayBeLog(path: string): boolean {
  return /\.(?:jsonl?|db|sqlite|vscdb|md)(?:$|[-.])/.test(path);
}

async function foldersIn(path: string): Promise<readonly string[]> {
  try {
    const entries = await workspace.fs.readDirectory(Uri.file(path));
    return entries.filter(([, type]) => (type & FileType.Directory) !== 0).map(([name]) => name);
  } catch {
    return [];
  }
}
