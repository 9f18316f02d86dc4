/** The coding agents whose logs Token Burn reads. */

/** The name an agent gives itself, for people. Identifiers are stored in the ledger and used in settings: never rename one. */
export const agentNames = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  'copilot-cli': 'Copilot CLI',
  'copilot-chat': 'Copilot Chat',
  opencode: 'OpenCode',
  kilo: 'Kilo Code',
  'gemini-cli': 'Gemini CLI',
  'qwen-code': 'Qwen Code',
  cline: 'Cline',
  'roo-code': 'Roo Code',
  'zoo-code': 'Zoo Code',
  pi: 'Pi',
  omp: 'OMP',
  openclaw: 'OpenClaw',
  continue: 'Continue',
  aider: 'Aider',
  goose: 'Goose',
  amp: 'Amp',
  cursor: 'Cursor',
} as const satisfies Readonly<Record<string, string>>;

export type AgentId = keyof typeof agentNames;

export const agentIds = Object.keys(agentNames) as readonly AgentId[];
