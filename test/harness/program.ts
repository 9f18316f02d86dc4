/** Running other programs, with an end to all waiting. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './layout.ts';

/** Runs a program in the repository to its end; answers its exit code, 1 when it could not start. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  endWithUs(child);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Has a program end when we do, also when we are told to stop. */
export function endWithUs(child: ChildProcess): void {
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(130));
  }
}

/** Runs npm, by the way that started us where npm did. */
export function runNpm(args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const npm = process.env.npm_execpath;
  if (npm !== undefined) return run(process.execPath, [npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Asks a program to stop and, if it will not within five seconds, ends it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  const deadline = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(deadline);
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
