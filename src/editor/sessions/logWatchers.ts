/**
 * Watching the folders in which agents log, through VS Code's own watcher. A folder that does not exist yet is waited
 * for at the nearest folder above it that does.
 */

import { dirname, relative, sep } from 'node:path';
import { type Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { LogFolder } from '../../ledger/views.ts';
import { Delay, Lifetime, Slot } from '../lifetime.ts';

/** Agents write a line at a time: what comes within this span is told at once. */
const gatherMs = 100;

/** A watcher takes a moment to begin, and nobody tells when it has: what it may have missed is looked for then. */
const catchUpMs = [2_000, 10_000];
/** The same for a folder that is new below a watched one, such as the first sub-agent of a session gets. */
const newFolderMs = 1_000;

/** A folder with logs; quiet below where only the files in the folder itself change. */
export type WatchedFolder = Pick<LogFolder, 'path' | 'isQuietBelow'>;

export class LogWatchers implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #roots = new Map<string, Slot>();
  readonly #seen = new Set<string>();
  readonly #gather = this.#lifetime.add(new Delay(() => this.#tell()));
  readonly #onChange: (paths: readonly string[]) => void;

  constructor(onChange: (paths: readonly string[]) => void) {
    this.#onChange = onChange;
  }

  /** Watches these folders and no others. */
  follow(folders: readonly WatchedFolder[]): void {
    for (const [root, slot] of this.#roots) {
      if (folders.some(({ path }) => path === root)) continue;
      slot.dispose();
      this.#roots.delete(root);
    }
    for (const folder of folders) {
      if (!this.#roots.has(folder.path)) void this.#start(folder, new Slot());
    }
  }

  dispose(): void {
    this.follow([]);
    this.#lifetime.dispose();
  }

  async #start(folder: WatchedFolder, slot: Slot): Promise<void> {
    const root = folder.path;
    this.#roots.set(root, slot);
    const existing = await nearestExisting(root);
    if (this.#roots.get(root) !== slot) return;
    const lifetime = existing === root ? this.#watch(folder) : this.#await(folder, existing, slot);
    for (const delayMs of catchUpMs) {
      lifetime.add(new Delay(() => void this.#catchUp(folder, existing, slot))).restart(delayMs);
    }
    slot.hold(lifetime);
  }

  async #catchUp(folder: WatchedFolder, watched: string, slot: Slot): Promise<void> {
    const root = folder.path;
    const existing = await nearestExisting(root);
    if (this.#roots.get(root) !== slot) return;
    if (existing !== watched) void this.#start(folder, slot);
    if (existing === root) this.#note(root);
  }

  #watch({ path, isQuietBelow }: WatchedFolder): Lifetime {
    const pattern = new RelativePattern(Uri.file(path), isQuietBelow ? '*' : '**/*');
    const watcher = workspace.createFileSystemWatcher(pattern);
    const lifetime = new Lifetime();
    lifetime.add(watcher);
    const lookInto = this.#lookIntoLater(lifetime);
    lifetime.add(
      watcher.onDidCreate(({ fsPath }) => {
        this.#note(fsPath);
        if (!mayBeLog(fsPath)) lookInto(fsPath);
      }),
    );
    for (const event of [watcher.onDidChange, watcher.onDidDelete]) {
      lifetime.add(event(({ fsPath }) => mayBeLog(fsPath) && this.#note(fsPath)));
    }
    return lifetime;
  }

  /** Has folders noted once more when their own watching has surely begun. */
  #lookIntoLater(lifetime: Lifetime): (folder: string) => void {
    const folders = new Set<string>();
    const later = lifetime.add(
      new Delay(() => {
        for (const folder of folders) this.#note(folder);
        folders.clear();
      }),
    );
    return (folder) => {
      folders.add(folder);
      later.restart(newFolderMs);
    };
  }

  /** Waits for the next folder on the way from `existing` down to `root`. */
  #await(folder: WatchedFolder, existing: string, slot: Slot): Lifetime {
    const root = folder.path;
    const [next = ''] = relative(existing, root).split(sep);
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(existing), next));
    const lifetime = new Lifetime();
    lifetime.add(watcher);
    lifetime.add(
      watcher.onDidCreate(() => {
        void this.#start(folder, slot);
        this.#note(root);
      }),
    );
    return lifetime;
  }

  #note(path: string): void {
    this.#seen.add(path);
    this.#gather.startUnlessRunning(gatherMs);
  }

  #tell(): void {
    const paths = [...this.#seen];
    this.#seen.clear();
    this.#onChange(paths);
  }
}

/** By its name alone, which also ends otherwise where a log was compressed or set aside. */
function mayBeLog(path: string): boolean {
  return /\.(?:jsonl?|db|sqlite|vscdb|md)(?:$|[-.])/.test(path);
}

async function nearestExisting(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await isFolder(path)) ? path : nearestExisting(parent);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(Uri.file(path))).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
