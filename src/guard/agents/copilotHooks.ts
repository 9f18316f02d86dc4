/** A file in the folder of hooks that Copilot CLI and VS Code's own agent share. */

import type { AgentId } from '../../domain/agent.ts';
import { commandLine, type Launcher } from './commandLine.ts';

/** What stands around the launcher's line, for each of the shells. */
interface Wrapping {
  readonly bash: (line: string) => string;
  readonly powershell: (line: string) => string;
}

const plain: Wrapping = { bash: (line) => line, powershell: (line) => line };

/** `null` where the launcher's path cannot be given to one of the shells. */
export function copilotHooks(
  agent: AgentId,
  events: readonly string[],
  launcher: Launcher,
  wrapping = plain,
): string | null {
  const handlers = events.map((event) => {
    const [bash, powershell] = (['posix', 'powershell'] as const).map((shell) =>
      commandLine(shell, launcher, agent, event),
    );
    if (!bash || !powershell) return null;
    const lines = { bash: wrapping.bash(bash), powershell: wrapping.powershell(powershell) };
    return [event, [{ type: 'command', ...lines, timeoutSec: 10 }]] as const;
  });
  if (!handlers.every((handler) => handler !== null)) return null;
  return `${JSON.stringify({ version: 1, hooks: Object.fromEntries(handlers) }, null, 2)}\n`;
}
