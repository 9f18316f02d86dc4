/** The sub-agents that a session starts: the call says what for, its result says which. */

import type { SessionFacts } from '../../domain/session.ts';
import { idOf, type LogRecord, nameOf, parseRecord, recordOf, recordsOf, textOf } from '../fields.ts';
import { titled } from './titles.ts';

/** A call that waits for its result. */
export interface SpawnCall {
  readonly toolUseId: string;
  readonly role: string;
  readonly description: string;
}

/** Calls of one transcript that may wait at a time; a log that never answers them must not fill the memory. */
const maxCalls = 64;

/**
 * The calls still waiting after an `assistant` line. One that comes again waits as it came last.
 *
 * @param onlyInput the input of its only call, where it was taken out
 */
export function addSpawnCalls(
  waiting: readonly SpawnCall[],
  message: LogRecord,
  onlyInput: Uint8Array | null,
): readonly SpawnCall[] {
  const blocks = recordsOf(message, 'content');
  const ids = new Set(blocks.map((block) => idOf(block, 'id')));
  const others = waiting.filter(({ toolUseId }) => !ids.has(toolUseId));
  const calls = blocks.flatMap((block) => toSpawnCall(block, onlyInput) ?? []);
  const isSame = calls.length === 0 && others.length === waiting.length;
  return isSame ? waiting : [...others, ...calls].slice(-maxCalls);
}

function toSpawnCall(block: LogRecord, onlyInput: Uint8Array | null): SpawnCall | null {
  const tool = nameOf(block, 'name');
  // `Agent` was called `Task` until 2026.
  if (tool !== 'Agent' && tool !== 'Task') return null;
  const toolUseId = idOf(block, 'id');
  const input =
    onlyInput === null ? recordOf(block, 'input') : parseRecord(Buffer.from(onlyInput).toString());
  if (toolUseId === null || input === null) return null;
  const description = textOf(input, 'description')?.slice(0, 256) ?? '';
  return { toolUseId, role: nameOf(input, 'subagent_type'), description };
}

/** The call that a tool result answers. */
export function answeredCall(waiting: readonly SpawnCall[], line: LogRecord): SpawnCall | undefined {
  const message = recordOf(line, 'message');
  const ids =
    message === null ? [] : recordsOf(message, 'content').map((block) => idOf(block, 'tool_use_id'));
  return waiting.find((call) => ids.includes(call.toolUseId));
}

/** What the result of a call tells about the sub-agent that it started. */
export function startedAgent(
  call: SpawnCall,
  line: LogRecord,
  rootKey: string,
  parentKey: string,
): SessionFacts | null {
  const result = recordOf(line, 'toolUseResult');
  const agentId = result === null ? agentIdInText(call, line) : idOf(result, 'agentId');
  if (agentId === null) return null;
  const role = call.role || (result === null ? '' : nameOf(result, 'agentType'));
  const title = titled(call.description || null, 'generated');
  return {
    agent: 'claude-code',
    key: `${rootKey}/${agentId}`,
    parentKey,
    ...(role === '' ? {} : { role }),
    ...(title === undefined ? {} : { title }),
  };
}

/** Stands by itself on a line near the end of the result: `agentId: a1b2c3 (use …`. */
const statedAgentId = /^agentId: ([\w-]{1,64})\b/gm;

/** The transcript of a sub-agent tells only the model which agent it started, in the text of the result (2.1.330). */
function agentIdInText(call: SpawnCall, line: LogRecord): string | null {
  const message = recordOf(line, 'message');
  const blocks = message === null ? [] : recordsOf(message, 'content');
  const answer = blocks.find((block) => idOf(block, 'tool_use_id') === call.toolUseId);
  if (answer === undefined) return null;
  const parts = recordsOf(answer, 'content').map((part) => textOf(part, 'text') ?? '');
  const text = textOf(answer, 'content') ?? parts.join('\n');
  return [...text.matchAll(statedAgentId)].at(-1)?.[1] ?? null;
}
