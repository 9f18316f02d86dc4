/** The coding agents whose logs Token Burn reads. */

/** Stable identifier of an agent. Stored in the ledger and used in settings: never rename one. */
export type AgentId = 'claude-code' | 'codex';

/** The name an agent gives itself, for people. */
export const agentNames: Readonly<Record<AgentId, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
};

export const agentIds = Object.keys(agentNames) as readonly AgentId[];
