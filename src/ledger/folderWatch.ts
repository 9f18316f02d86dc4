/** Tells when another process has written to the ledger. Nothing wakes up while nobody writes. */

import { type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ledgerFile } from './moveAside.ts';

export class FolderWatch {
  readonly #watcher: FSWatcher | undefined;
  readonly #path: string;
  readonly #fileNumber: bigint | undefined;

  /** @param onTouched called for every change of the ledger's files, this process's own included */
  constructor(folder: string, onTouched: () => void) {
    this.#path = join(folder, ledgerFile);
    this.#fileNumber = this.#currentFileNumber();
    try {
      this.#watcher = watch(folder, { persistent: false }, onTouched);
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
  }

  #currentFileNumber(): bigint | undefined {
    return statSync(this.#path, { bigint: true, throwIfNoEntry: false })?.ino;
  }
}
