/** Where agents keep what they read on this machine. */

import type { PromptAgentId } from '../domain/promptAgent.ts';
import type { AgentPlaces } from '../estimator/context/agents.ts';

export interface PlacesOptions {
  /** With slashes. */
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The variable that moves an agent's own folder, and where it is without one, below the home folder. */
const userFolders: Readonly<
  Partial<Record<PromptAgentId, readonly [variable: string | null, name: string]>>
> = {
  'claude-code': ['CLAUDE_CONFIG_DIR', '.claude'],
  codex: ['CODEX_HOME', '.codex'],
  copilot: [null, '.copilot'],
  'gemini-cli': [null, '.gemini'],
  'qwen-code': [null, '.qwen'],
  opencode: [null, '.config/opencode'],
};

/** https://code.claude.com/docs/en/memory, "Managed policy". */
const managedClaude: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: '/etc/claude-code',
  darwin: '/Library/Application Support/ClaudeCode',
  win32: 'C:/Program Files/ClaudeCode',
};

export function agentPlaces({ homeFolder, platform, environment }: PlacesOptions): AgentPlaces {
  const set = (variable: string | null) => (variable === null ? undefined : environment[variable]);
  return {
    homeFolder,
    managedFolder: (agent) => (agent === 'claude-code' ? (managedClaude[platform] ?? null) : null),
    userFolder(agent) {
      const [variable = null, name] = userFolders[agent] ?? [];
      const moved = platform === 'win32' ? set(variable)?.replaceAll('\\', '/') : set(variable);
      return moved || (name === undefined ? null : `${homeFolder}/${name}`);
    },
  };
}
