/** The agents that a guard can stop. */

import type { AgentId } from '../../domain/agent.ts';
import type { AgentGuard } from './agentGuard.ts';
import { claudeCodeGuard } from './claudeCode.ts';
import { clineGuard } from './cline.ts';
import { codexGuard } from './codex.ts';
import { copilotChatGuard } from './copilotChat.ts';
import { copilotCliGuard } from './copilotCli.ts';
import { geminiCliGuard } from './geminiCli.ts';
import { kiloGuard } from './kilo.ts';
import { openclawGuard } from './openclaw.ts';
import { opencodeGuard } from './opencode.ts';
import { piGuard } from './pi.ts';
import { qwenCodeGuard } from './qwenCode.ts';

export const agentGuards: readonly AgentGuard[] = [
  claudeCodeGuard,
  codexGuard,
  copilotCliGuard,
  copilotChatGuard,
  geminiCliGuard,
  qwenCodeGuard,
  opencodeGuard,
  kiloGuard,
  clineGuard,
  openclawGuard,
  piGuard,
];

export function guardOf(agent: AgentId): AgentGuard | null {
  return agentGuards.find(({ id }) => id === agent) ?? null;
}
