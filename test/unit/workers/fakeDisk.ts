/** A disk in memory, and the programs on it, of whatever system. */

import type { Disk } from '../../../src/workers/disk.ts';

export interface FakeDisk extends Disk {
  /** Text of files by path; a folder is there when something lies in it. */
  readonly files: Map<string, string>;
  /** What programs print, by path. */
  readonly programs: Map<string, Uint8Array>;
  /** Everything that was asked for. */
  readonly asked: string[];
}

export function fakeDisk(files: Readonly<Record<string, string>> = {}): FakeDisk {
  const disk = { files: new Map(Object.entries(files)), programs: new Map<string, Uint8Array>() };
  const asked: string[] = [];
  const below = (folder: string) =>
    [...disk.files.keys()].flatMap((path) => {
      const rest = path.startsWith(folder) ? path.slice(folder.length) : '';
      return /^[\\/]/.test(rest) ? [rest.slice(1)] : [];
    });
  return {
    ...disk,
    asked,
    async namesIn(folder) {
      asked.push(folder);
      return [...new Set(below(folder).map((rest) => rest.split(/[\\/]/)[0] ?? ''))];
    },
    async isFolder(path) {
      asked.push(path);
      return below(path).length > 0;
    },
    async isFile(path) {
      asked.push(path);
      return disk.files.has(path);
    },
    async textOf(path) {
      asked.push(path);
      return disk.files.get(path) ?? '';
    },
    async outputOf(program, args) {
      asked.push([program, ...args].join(' '));
      return disk.programs.get(program) ?? null;
    },
  };
}
