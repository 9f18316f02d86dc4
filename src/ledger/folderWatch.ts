/** Tells when another process has written to the ledger. Nothing wakes up while nobody writes. */

import { type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ledgerFile } from './moveAside.ts';

/** A file is touched a moment before others can read what was written into it. */
const settleMs = 50;

export class FolderWatch {
  readonly #watcher: FSWatcher | undefined;
  readonly #path: string;
  readonly #fileNumber: bigint | undefined;
  readonly #onTouched: () => void;
  #settling: NodeJS.Timeout | undefined;
  #isTouchedAgain = false;

  /** @param onTouched called soon after every change of the ledger's files, this process's own included */
  constructor(folder: string, onTouched: () => void) {
    this.#onTouched = onTouched;
    this.#path = join(folder, ledgerFile);
    this.#fileNumber = this.#currentFileNumber();
    try {
      this.#watcher = watch(folder, { persistent: false }, () => this.#settle());
      this.#watcher.on('error', () => this.close());
    } catch {
      // Where a file system cannot be watched, changes show when the logs' own watcher reports one.
    }
  }

  /** Whether the ledger that was opened has been moved away, as the scanner does with a damaged one. */
  isReplaced(): boolean {
    return this.#currentFileNumber() !== this.#fileNumber;
  }

  close(): void {
    this.#watcher?.close();
    clearTimeout(this.#settling);
  }

  /** Touches that come while one settles are told together, when they too have settled. */
  #settle(): void {
    this.#isTouchedAgain = this.#settling !== undefined;
    this.#settling ??= setTimeout(() => this.#tell(), settleMs).unref();
  }

  #tell(): void {
    this.#settling = undefined;
    if (this.#isTouchedAgain) this.#settle();
    this.#onTouched();
  }

  #currentFileNumber(): bigint | undefined {
    return statSync(this.#path, { bigint: true, throwIfNoEntry: false })?.ino;
  }
}
