/** The line by which an agent's shell starts the guard. It is data in the agent's settings and code in its shell. */

import type { AgentId } from '../../domain/agent.ts';

/** The program that hooks start. */
export interface Launcher {
  /** Absolute path of the script for POSIX shells; beside it lies the same for Windows, with `.cmd` added. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
}

/** The shells that agents give their hooks to. */
export type Shell = 'posix' | 'cmd' | 'powershell';

/** `null` where the path cannot be written so that the shell takes it as it is. */
export function commandLine(shell: Shell, launcher: Launcher, agent: AgentId, event: string): string | null {
  const quoted = /\p{Cc}/u.test(launcher.path) ? null : quote[shell](launcher);
  return quoted === null ? null : `${quoted} ${agent} ${event}`;
}

const quote: Readonly<Record<Shell, (launcher: Launcher) => string | null>> = {
  posix: ({ path, platform }) => {
    const plain = platform === 'win32' ? path.replaceAll('\\', '/') : path;
    return `'${plain.replaceAll("'", `'\\''`)}'`;
  },
  // Nothing keeps it from putting variables in the place of their names.
  cmd: ({ path }) => (/["%!^&]/.test(path) ? null : `"${path}.cmd"`),
  powershell: ({ path }) => `& '${path.replaceAll(/['‘’‚‛]/g, '$&$&')}.cmd'`,
};
