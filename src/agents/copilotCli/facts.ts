/** What the events of Copilot CLI tell of a session and of its sub-agents. */

import type { Circumstances } from '../../domain/receipt.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, type LogRecord, nameOf, textOf } from '../fields.ts';
import type { Memory } from './memory.ts';
import { sessionKeyOf } from './response.ts';

export function factsOf({ sessionId }: Memory, agentId: string | null, atMs: number | null): SessionFacts {
  const key = sessionKeyOf(sessionId, agentId);
  return { agent: 'copilot-cli', key, ...(atMs !== null && { atMs }) };
}

/** Of a sub-agent of which nothing is known but its session. */
export function subAgentFacts(sessionId: string, agentId: string): SessionFacts {
  const key = sessionKeyOf(sessionId, agentId);
  return { agent: 'copilot-cli', key, parentKey: sessionId, isParentGuessed: true };
}

export function roleFacts(data: LogRecord): Pick<SessionFacts, 'role' | 'title'> {
  const role = nameOf(data, 'agentName');
  const title = toTitle(textOf(data, 'agentDisplayName') ?? '');
  return {
    ...(role !== '' && { role }),
    ...(title !== undefined && { title: { text: title, source: 'generated' } }),
  };
}

/** The agent that made the call which started a sub-agent; without the call the session itself is a guess. */
export function parentFacts(
  { sessionId, calls }: Memory,
  agentId: string,
  toolCallId: string | null,
): Pick<SessionFacts, 'parentKey' | 'isParentGuessed'> {
  const call = calls.find(({ id }) => id === toolCallId);
  if (call === undefined) return { parentKey: sessionId, isParentGuessed: true };
  return { parentKey: sessionKeyOf(sessionId, call.agentId === agentId ? null : call.agentId) };
}

/** The model below a name; `''` where none is named, as where the program is to choose by itself. */
export function modelOf(record: LogRecord, name: string): string {
  const model = nameOf(record, name);
  return model === 'auto' ? '' : model;
}

/** The model of a session for which one is chosen, or the choice of it. */
export function chosenModel({ model }: Memory, record: LogRecord, name: string): string {
  return nameOf(record, name) === '' ? model : modelOf(record, name);
}

const mostMs = 1e9;

/** @param usage a request on record, or an empty record where only the session is known */
export function circumstancesOf({ projectPath, gitBranch, turn }: Memory, usage: LogRecord): Circumstances {
  const stopReason = nameOf(usage, 'finishReason');
  const effort = nameOf(usage, 'reasoningEffort');
  const duration = fieldOf(usage, 'duration');
  const isDuration = typeof duration === 'number' && duration >= 0 && duration < mostMs;
  return {
    ...(stopReason !== '' && { stopReason }),
    ...(effort !== '' && { effort }),
    ...(projectPath !== null && { projectPath }),
    ...(gitBranch !== '' && { gitBranch }),
    ...(isDuration && { durationMs: Math.round(duration) }),
    ...(turn > 0 && { turn }),
  };
}
