/** Folders on disks that are full, by what this machine lets us do. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, type Launcher, plainly } from './ledgerProcess.ts';

/** A disk, or what does as one, on which little room is left. */
export interface SmallDisk {
  readonly launch: Launcher;
  /** Makes room, also for a process that is at work on it. */
  giveRoom(pid: number | null): void;
  dispose(): void;
}

/**
 * A file system of its own in memory, filled up but for some bytes. `null` where it may not be mounted, which mostly takes
 * the superuser and Linux.
 */
export function mountSmallDisk(folder: string, roomBytes: number): SmallDisk | null {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return null;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const filler = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - roomBytes));
  return {
    launch: plainly,
    giveRoom: () => rmSync(filler),
    dispose: () => execFileSync('umount', ['-l', folder]),
  };
}

/**
 * A limit to the size of each file, which writes meet as they meet a full disk. `null` where no shell sets limits, or
 * where none can be lifted for a process that runs.
 */
export function limitFileSizes(limitBytes: number): SmallDisk | null {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return {
    launch: (command, args) => {
      const script = `ulimit -S -f ${Math.ceil(limitBytes / 512)}; exec "$0" "$@"`;
      return spawn('sh', ['-c', script, command, ...args], { env: environment });
    },
    giveRoom(pid) {
      if (pid !== null) execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:']);
    },
    dispose() {},
  };
}
