/** A running VS Code server on loopback, with a data folder of its own. */

import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProgramGroup, within } from './program.ts';
import { installedServer } from './serverInstall.ts';

export interface ServerOptions {
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** The extensions that VS Code itself brings; absent for all. */
  readonly builtInsFolder?: string;
  readonly runsTestsInHost: boolean;
  /** All that the server and the extensions in it see of the environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

export interface Server {
  /** Host and port, as in the authority of a URL. */
  readonly authority: string;
  /** Whoever opens the workbench must know it: who can is able to run anything as this user. */
  readonly token: string;
  /** Settles when the server has ended. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const token = randomUUID();
  const args = [await installedServer(), ...serverArguments(options, token)];
  const programs = new ProgramGroup(process.execPath, args, {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = programs.first;
  try {
    keepLog(server, options.logFile);
    const authority = await within(30_000, 'start of the VS Code server', portTold(server));
    await within(30_000, 'first answer of the VS Code server', fetch(`http://${authority}/version`));
    return { authority, token, ended: once(server, 'exit'), stop: () => programs.stop() };
  } catch (error) {
    await programs.stop();
    throw error;
  }
}

/**
 * The smoke test driver is what makes the workbench load extensions and run tests from its URL. It also keeps
 * notifications from popping up, so it is for tests inside the host alone.
 */
function serverArguments(options: ServerOptions, token: string): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--disable-workspace-trust'],
    ...['--server-data-dir', options.dataFolder, '--extensions-dir', options.extensionsFolder],
    ...(options.builtInsFolder === undefined ? [] : ['--builtin-extensions-dir', options.builtInsFolder]),
    ...(options.runsTestsInHost ? ['--enable-smoke-test-driver'] : []),
  ];
}

function keepLog(child: ChildProcess, logFile: string): void {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
}

/** The server takes a free port and tells it on its first line. */
function portTold(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const authority = /Server bound to (127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (authority !== undefined) resolve(authority);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the VS Code server ended with code ${code}`)));
  });
}
