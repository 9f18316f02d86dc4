/**
 * Remembers counts over restarts: by the content of a file, whatever it is called, and by its stamp, so that a file
 * that has not changed is not even read.
 *
 * It is a cache: what goes wrong with it costs time and is never an error.
 */

import type { Count } from '../estimator/encoding.ts';
import type { Stamp } from './disk.ts';

export interface CountCache {
  /** What is known of a file that is as it was when it was kept. */
  ofFile(path: string, stamp: Stamp, encodingKey: string): Count | 'binary' | undefined;
  /** @param digest of all bytes of a file */
  ofContent(digest: Uint8Array, encodingKey: string): Count | undefined;
  /** @param digest `null` of a file that is binary */
  keepFile(path: string, stamp: Stamp, digest: Uint8Array | null): void;
  keepCount(digest: Uint8Array, encodingKey: string, count: Count): void;
  /** Writes what was kept so far, and forgets what nobody asked for in a long time. */
  settle(): void;
  /** Why nothing is remembered, in the words of the system; `null` while all is well. */
  readonly problem: string | null;
  close(): void;
}

/** For runtimes without SQLite. */
export function noCache(problem: string): CountCache {
  return {
    ofFile: () => undefined,
    ofContent: () => undefined,
    keepFile() {},
    keepCount() {},
    settle() {},
    problem,
    close() {},
  };
}
