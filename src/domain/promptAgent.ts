/** The coding agents that a prompt can be written for, whether or not their logs are read. */

import type { AgentId } from './agent.ts';

/** Used in settings: never rename one. */
export const promptAgentIds = [
  'claude-code',
  'codex',
  'copilot',
  'cursor',
  'gemini-cli',
  'qwen-code',
  'opencode',
  'cline',
] as const;

export type PromptAgentId = (typeof promptAgentIds)[number];

/** The name an agent gives itself, for people. */
export const promptAgentNames: Readonly<Record<PromptAgentId, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  copilot: 'GitHub Copilot',
  cursor: 'Cursor',
  'gemini-cli': 'Gemini CLI',
  'qwen-code': 'Qwen Code',
  opencode: 'OpenCode',
  cline: 'Cline',
};

/** Files that are written for one agent alone, by their absolute path. */
const written: readonly (readonly [RegExp, PromptAgentId])[] = [
  [/\/\.claude\/|\/CLAUDE(?:\.local)?\.md$/, 'claude-code'],
  [/\/\.codex\/|\/AGENTS\.override\.md$/, 'codex'],
  [/\/\.github\/(?:prompts|instructions|chatmodes|agents)\/|\/copilot-instructions\.md$/, 'copilot'],
  [/\.(?:prompt|instructions|chatmode|agent)\.md$/, 'copilot'],
  [/\/\.cursor\/|\/\.cursorrules$|\.mdc$/, 'cursor'],
  [/\/\.gemini\/|\/GEMINI\.md$/, 'gemini-cli'],
  [/\/\.qwen\/|\/QWEN(?:\.local)?\.md$/, 'qwen-code'],
  [/\/\.opencode\//, 'opencode'],
  [/\/\.clinerules(?:\/|$)/, 'cline'],
];

/** The agent that a file is surely written for; `undefined` for most files. */
export function agentOfFile(path: string): PromptAgentId | undefined {
  const slashed = path.replaceAll('\\', '/');
  return written.find(([pattern]) => pattern.test(slashed))?.[1];
}

/** The agent whose prompts those of an agent with logs are; `undefined` where it is not known what it sends. */
export function promptAgentOf(agent: AgentId): PromptAgentId | undefined {
  if (agent === 'copilot-cli' || agent === 'copilot-chat') return 'copilot';
  return promptAgentIds.find((id) => id === agent);
}
