/** What Claude Code tells its hooks, in the form that VS Code took over from it for its own. */

import { idOf, type LogRecord, nameOf, textOf } from '../../agents/fields.ts';
import type { AgentId } from '../../domain/agent.ts';
import type { AskingSession } from './agentGuard.ts';

/** `Agent` was called `Task` until 2026; the last is VS Code's. */
const subAgentTools: readonly string[] = ['Agent', 'Task', 'runSubagent'];

/** @param agent who asks @param key of its session */
export function askingIn(input: LogRecord, agent: AgentId, key: string): AskingSession {
  const tool = nameOf(input, 'tool_name') || null;
  const agentId = idOf(input, 'agent_id');
  return {
    session: { agent, key },
    subAgent: agentId === null ? null : `${key}/${agentId}`,
    transcriptPath: transcriptIn(input),
    folder: textOf(input, 'cwd'),
    tool,
    startsSubAgent: tool !== null && subAgentTools.includes(tool),
  };
}

export function keyIn(input: LogRecord): string | null {
  return idOf(input, 'session_id') ?? idOf(input, 'sessionId');
}

/** Whether VS Code asks, by the place of its log among its own files; `null` where no log is named. */
export function isEditorLog(input: LogRecord): boolean | null {
  const transcriptPath = transcriptIn(input);
  return transcriptPath === null ? null : /[\\/](?:workspace|global)Storage[\\/]/.test(transcriptPath);
}

function transcriptIn(input: LogRecord): string | null {
  return textOf(input, 'transcript_path') ?? textOf(input, 'transcriptPath');
}
