/** What our own plugins in agents have in common: how the guard hears whose session asks, and what it answers. */

import { idOf, type LogRecord, nameOf } from '../../agents/fields.ts';
import type { AgentId } from '../../domain/agent.ts';
import { type AskingSession, type Decision, type HookAnswer, say, silent } from './agentGuard.ts';

/** What was decided as it is: the plugin knows what to make of it. */
export function toPluginAnswer(_event: string, decision: Decision): HookAnswer {
  return decision.kind === 'allow' ? silent : say(decision);
}

/**
 * The session that a plugin names; `null` where it names none. The ledger knows whose sub-agent a session is.
 *
 * @param spawningTool that starts a sub-agent; `null` where none does
 */
export function askedByPlugin(
  agent: AgentId,
  input: LogRecord,
  spawningTool: string | null,
): AskingSession | null {
  const key = idOf(input, 'sessionID');
  if (key === null) return null;
  const tool = nameOf(input, 'tool') || null;
  return {
    session: { agent, key },
    subAgent: null,
    transcriptPath: null,
    folder: null,
    tool,
    startsSubAgent: tool !== null && tool === spawningTool,
  };
}
