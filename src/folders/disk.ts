/**
 * The file system as the count of a folder sees it. All calls block: the count has a thread to itself, and the pool of
 * threads behind the other calls is shared with the extension host, where every extension waits for it.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from 'node:fs';

export type EntryKind = 'file' | 'folder' | 'link' | 'special';

export interface DiskEntry {
  readonly name: string;
  /** `special` for devices, pipes and sockets. */
  readonly kind: EntryKind;
}

/** Tells whether a file is likely to be as it was. Times are nanoseconds since 1970 UTC. */
export interface Stamp {
  readonly size: number;
  readonly modifiedNs: bigint;
  /** When the file or what is said about it changed: it tells of an edit after which the time was set back. */
  readonly changedNs: bigint;
}

export interface OpenFile {
  stamp(): Stamp;
  /** Fills the buffer from where the last call ended, as far as there is something to read; 0 at the end. */
  read(into: Uint8Array): number;
  close(): void;
}

/** Every call throws what the file system throws; see {@link isDiskError}. */
export interface Disk {
  /** In no order. */
  list(folder: string): readonly DiskEntry[];
  stamp(path: string): Stamp;
  /** Opens plain files alone and never waits; `null` for what turns out to be something else. */
  open(path: string): OpenFile | null;
}

export const systemDisk: Disk = {
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })),
  stamp: (path) => toStamp(lstatSync(path, { bigint: true })),
  open(path) {
    const descriptor = openSync(path, plainOnly);
    const file = new SystemFile(descriptor);
    if (fstatSync(descriptor).isFile()) return file;
    file.close();
    return null;
  },
};

function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

/** A file may have become a link or a pipe since its folder was listed. Windows knows neither flag. */
const plainOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

class SystemFile implements OpenFile {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  stamp(): Stamp {
    return toStamp(fstatSync(this.#descriptor, { bigint: true }));
  }

  read(into: Uint8Array): number {
    let filled = 0;
    while (filled < into.length) {
      const bytes = readSync(this.#descriptor, into, filled, into.length - filled, null);
      if (bytes === 0) break;
      filled += bytes;
    }
    return filled;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function toStamp({ size, mtimeNs, ctimeNs }: { size: bigint; mtimeNs: bigint; ctimeNs: bigint }): Stamp {
  return { size: Number(size), modifiedNs: mtimeNs, changedNs: ctimeNs };
}

export function isSameStamp(a: Stamp, b: Stamp): boolean {
  return a.size === b.size && a.modifiedNs === b.modifiedNs && a.changedNs === b.changedNs;
}

/** Whether the system refused something, rather than that something of ours went wrong. */
export function isDiskError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
