/** What the system tells of processes, and how one is reached. */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readlinkSync, writeSync } from 'node:fs';

export interface ProcessFacts {
  readonly parentId: number;
  /** When it was started, in the system's own words: with its id it is no other's while the system runs. */
  readonly started: string;
  /** Its executable, with or without its folder. */
  readonly executable: string;
  readonly args: readonly string[];
}

/** What is asked of the system. An argument, so that tests need no processes. */
export interface ProcessTable {
  /** `null` where there is no such process, or nothing can be told of it. */
  look(id: number): ProcessFacts | null;
  /** @throws where it may not be told */
  interrupt(id: number, signal: NodeJS.Signals): void;
  /** Writes to its error output, without waiting. @throws where there is none to be written to */
  write(id: number, text: string): void;
}

/** Processes of this machine; on Windows none can be told in this way. */
export const systemProcesses: ProcessTable = {
  look: (id) => {
    if (process.platform === 'win32') return null;
    return process.platform === 'linux' ? lookInProc(id) : lookByPs(id);
  },
  interrupt: (id, signal) => process.kill(id, signal),
  write: (id, text) => {
    if (process.platform === 'linux') writeInProc(id, text);
  },
};

/** A pipe that nobody reads must not keep the hook waiting. */
function writeInProc(id: number, text: string): void {
  const { O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
  const output = openSync(`/proc/${id}/fd/2`, O_WRONLY | O_APPEND | O_NONBLOCK);
  try {
    writeSync(output, text);
  } finally {
    closeSync(output);
  }
}

/** The state follows the name, which is in parentheses and may hold some, then the parent, and the start as field 22. */
function lookInProc(id: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, parent = ''] = fields;
    const started = fields[22 - 3] ?? '';
    // An update may have replaced the file that the process was started from.
    const executable = readlinkSync(`/proc/${id}/exe`).replace(/ \(deleted\)$/, '');
    const args = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    return { parentId: Number(parent), started, executable, args };
  } catch {
    return null;
  }
}

/** By the system's own program, which is asked in one language and time zone: a hook may have others than the editor. */
export function lookByPs(id: number): ProcessFacts | null {
  const ask = (field: string) =>
    execFileSync('/bin/ps', ['-o', `${field}=`, '-p', String(id)], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      timeout: 1_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return {
      parentId: Number(ask('ppid')),
      started: ask('lstart'),
      executable: ask('comm'),
      args: ask('args').split(' '),
    };
  } catch {
    return null;
  }
}
