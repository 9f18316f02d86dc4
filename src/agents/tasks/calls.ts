/** Calls of tools in a task. They bear no ids: their times stand for them. */

import type { AgentId } from '../../domain/agent.ts';
import { epochMsOf, isTrue, type LogRecord, nameOf, parseRecord, textOf } from '../fields.ts';
import type { Sink } from '../reader.ts';

export interface CallingTask {
  readonly agent: AgentId;
  readonly key: string;
  readonly messages: readonly LogRecord[];
  /** Nothing was cut from the file: only then are inputs what they were. */
  readonly isWhole: boolean;
}

export function tellCalls({ agent, key, messages, isWhole }: CallingTask, sink: Sink): void {
  let request: number | null = null;
  for (const message of messages) {
    const atMs = epochMsOf(message, 'ts');
    if (nameOf(message, 'say') === 'api_req_started') request = atMs;
    const name = toolOf(message);
    if (name === null || request === null || atMs === null || isTrue(message, 'partial')) continue;
    const receipt = { response: `${key}/${request}`, request: '' };
    const input = isWhole ? textOf(message, 'text') : null;
    sink.toolCall({ agent, receipt, id: String(atMs), name, ...(input !== null && { input }) });
  }
}

/** What a message asks or says of a tool, `null` where it is about none. */
function toolOf(message: LogRecord): string | null {
  const kind = nameOf(message, 'say') || nameOf(message, 'ask');
  if (kind === 'command') return 'execute_command';
  if (kind !== 'tool') return null;
  return nameOf(parseRecord(textOf(message, 'text') ?? '') ?? {}, 'tool') || null;
}
