/** A home, a project and an environment that hold nothing of the developer's, for one agent under test. */

import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../harness/isolation.ts';

export interface Sandbox {
  readonly home: string;
  readonly project: string;
  /** For files of the test itself. */
  readonly own: string;
  /** All that programs in the sandbox get to see of the environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly isTimedOut: boolean;
}

/** What programs need of the machine to start at all. */
const passedOn = /^(PATH|PATHEXT|SYSTEMROOT|WINDIR|COMSPEC)$/i;

export function withSandbox<Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    const project = join(folder, 'project');
    const own = join(folder, 'own');
    const temporary = join(folder, 'tmp');
    for (const path of [home, project, own, temporary]) await mkdir(path);
    return use({ home, project, own, environment: environmentFor(home, temporary) });
  });
}

function environmentFor(home: string, temporary: string): Record<string, string> {
  const machine = Object.entries(process.env).filter(([name]) => passedOn.test(name)) as [string, string][];
  return {
    ...Object.fromEntries(machine),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  };
}

/** Runs a command to its end, or ends it, with all that it started, at the limit. */
export function runInside(sandbox: Sandbox, command: Command, limitMs: number): Promise<Outcome> {
  const child = spawn(command.file, command.args, {
    cwd: sandbox.project,
    env: { ...sandbox.environment, ...command.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  let isTimedOut = false;
  const deadline = setTimeout(() => {
    isTimedOut = true;
    endGroup(child.pid);
  }, limitMs);
  const stdout = gather(child.stdout);
  const stderr = gather(child.stderr);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(deadline);
      endGroup(child.pid);
      resolve({ stdout: stdout(), stderr: stderr(), exitCode, isTimedOut });
    });
  });
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** Ends the process group that the command leads, so that nothing it started outlives it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It is gone already: what was wanted.
  }
}
