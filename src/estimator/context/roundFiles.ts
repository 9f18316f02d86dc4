/** The disk for one round: once it is late, or enough folders were listed, it is asked no more. */

import type { FileState, Files, FolderEntry } from './files.ts';

/** Patterns and folders of one prompt together must not read a disk either. */
const mostListed = 2_000;

/** What a path was found to be, or that there was no time to look. */
export type LookedAt = FileState | { readonly kind: 'late' };

export class RoundFiles {
  readonly #files: Files;
  readonly #isLate: () => boolean;
  #listed = 0;
  #wasLate = false;

  constructor(files: Files, isLate: () => boolean) {
    this.#files = files;
    this.#isLate = isLate;
  }

  /** Whether something was left out for want of time. */
  get wasLate(): boolean {
    return this.#wasLate;
  }

  /** Whether there were more folders to list than are listed. */
  get isCut(): boolean {
    return this.#listed > mostListed;
  }

  /** Whoever asks leaves out what is to come. Once late, a round stays so. */
  isLate(): boolean {
    this.#wasLate ||= this.#isLate();
    return this.#wasLate;
  }

  async look(path: string): Promise<LookedAt> {
    return this.isLate() ? { kind: 'late' } : this.#files.look(path);
  }

  async list(path: string): Promise<readonly FolderEntry[] | null> {
    if (this.isLate()) return null;
    this.#listed += 1;
    return this.isCut ? null : this.#files.list(path);
  }
}
