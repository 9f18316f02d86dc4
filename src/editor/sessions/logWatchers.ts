/**
 * Watching the folders in which agents log, through VS Code's own watcher. A folder that does not exist yet is waited
 * for at the nearest folder above it that does.
 */

import { dirname, relative, sep } from 'node:path';
import { type Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import { Delay, Lifetime, Slot } from '../lifetime.ts';
import { PlannedWatches } from './plannedWatches.ts';
import type { WatchedFolder } from './watchPlan.ts';

/** Agents write a line at a time: what comes within this span is told at once. */
const gatherMs = 100;

/** A watcher takes a moment to begin, and nobody tells when it has: what it may have missed is looked for then. */
const catchUpMs = [2_000, 10_000];

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
    const wanted = new Map(folders.map((folder) => [keyOf(folder), folder]));
    for (const [key, slot] of this.#roots) {
      if (wanted.has(key)) continue;
      slot.dispose();
      this.#roots.delete(key);
    }
    for (const [key, folder] of wanted) {
      if (!this.#roots.has(key)) void this.#start(folder, new Slot());
    }
  }

  dispose(): void {
    this.follow([]);
    this.#lifetime.dispose();
  }

  async #start(folder: WatchedFolder, slot: Slot): Promise<void> {
    const root = folder.path;
    this.#roots.set(keyOf(folder), slot);
    const existing = await nearestExisting(root);
    if (!this.#isHeld(folder, slot)) return;
    const lifetime = existing === root ? this.#watch(folder) : this.#await(folder, existing, slot);
    for (const delayMs of catchUpMs) {
      lifetime.add(new Delay(() => void this.#catchUp(folder, existing, slot))).restart(delayMs);
    }
    slot.hold(lifetime);
  }

  #isHeld(folder: WatchedFolder, slot: Slot): boolean {
    return this.#roots.get(keyOf(folder)) === slot;
  }

  #watch(folder: WatchedFolder): Lifetime {
    const lifetime = new Lifetime();
    lifetime.add(new PlannedWatches(folder, (path) => this.#note(path)));
    return lifetime;
  }

  async #catchUp(folder: WatchedFolder, watched: string, slot: Slot): Promise<void> {
    const root = folder.path;
    const existing = await nearestExisting(root);
    if (!this.#isHeld(folder, slot)) return;
    if (existing !== watched) void this.#start(folder, slot);
    if (existing === root) this.#note(root);
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

/** Two agents may log into one folder, each in a way of its own. */
function keyOf({ path, watched }: WatchedFolder): string {
  return JSON.stringify([path, watched]);
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
