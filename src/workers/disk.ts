/** What is asked of the disk when homes of agents are looked for. An argument, so that tests need no machine of the kind. */

import { readdir, readFile, stat } from 'node:fs/promises';

export interface Disk {
  /** Names in a folder, none where it cannot be looked into. */
  namesIn(folder: string): Promise<readonly string[]>;
  isFolder(path: string): Promise<boolean>;
  isFile(path: string): Promise<boolean>;
  /** The text of a small file; empty where it cannot be read. */
  textOf(path: string): Promise<string>;
  /** What a program prints; `null` where it fails, or takes longer than some seconds. */
  outputOf(program: string, args: readonly string[]): Promise<Uint8Array | null>;
}

const programMs = 5_000;
/** More than any file has that somebody wrote. */
const mostTextBytes = 4 << 20;

export const nodeDisk: Disk = {
  namesIn: (folder) => readdir(folder).catch(() => []),
  isFolder: async (path) => (await stat(path).catch(() => undefined))?.isDirectory() ?? false,
  isFile: async (path) => (await stat(path).catch(() => undefined))?.isFile() ?? false,
  async textOf(path) {
    const stats = await stat(path).catch(() => undefined);
    const isText = stats?.isFile() === true && stats.size <= mostTextBytes;
    return isText ? readFile(path, 'utf8').catch(() => '') : '';
  },
  async outputOf(program, args) {
    // On few machines is there anything to ask a program for.
    const { execFile } = await import('node:child_process');
    return new Promise((resolve) => {
      const options = { encoding: 'buffer', timeout: programMs, windowsHide: true } as const;
      const child = execFile(program, args, options, (error, output) => resolve(error ? null : output));
      child.stdin?.end();
    });
  },
};
