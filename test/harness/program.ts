/** Running other programs, with an end to all waiting. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './layout.ts';

const hasGroups = process.platform !== 'win32';

/** Runs a program in the repository to its end; answers its exit code, 1 when it could not start. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  endWithUs(child, () => child.kill());
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Has a program end when we do, also when we are told to stop. */
function endWithUs(child: ChildProcess, end: () => void): void {
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A terminal tells the whole group and npm tells us again: the second signal must not cut the end short.
    if (process.listenerCount(signal) === 0) process.on(signal, () => process.exit(130));
  }
}

/** Runs npm, by the way that started us where npm did. */
export function runNpm(args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const npm = process.env.npm_execpath;
  if (npm !== undefined) return run(process.execPath, [npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** A program that starts others, which would outlive it. They are stopped together. */
export class ProgramGroup {
  readonly first: ChildProcess;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.first = spawn(command, args, { ...options, detached: hasGroups });
    endWithUs(this.first, () => this.#signal('SIGTERM'));
  }

  /** Asks them all to stop and ends those that will not within five seconds. */
  async stop(): Promise<void> {
    const deadline = Date.now() + 5_000;
    this.#signal('SIGTERM');
    while (this.#signal(0)) {
      if (Date.now() > deadline) this.#signal('SIGKILL');
      await pause(20);
    }
  }

  /** Whether there was anyone to take the signal; 0 only asks. */
  #signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.first;
    if (pid === undefined) return false;
    try {
      return process.kill(hasGroups ? -pid : pid, signal);
    } catch {
      return false;
    }
  }
}

/** Rejects with `what` when `work` takes longer than `limitMs`. The work itself goes on. */
export async function within<Result>(limitMs: number, what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
