/** What the messages of a task tell of it beside what it used. */

import type { AgentId } from '../../domain/agent.ts';
import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { epochMsOf, type LogRecord, nameOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { Sink } from '../reader.ts';

export function tellFacts(agent: AgentId, key: string, messages: readonly LogRecord[], sink: Sink): void {
  const last = messages.at(-1);
  if (last === undefined) return;
  const times = messages.map((message) => epochMsOf(message, 'ts')).filter((atMs) => atMs !== null);
  const title = titleOf(messages);
  const [first] = times;
  if (first !== undefined) sink.session({ agent, key, atMs: first });
  sink.session({
    agent,
    key,
    isTurnOpen: !isOver(last),
    ...(title !== undefined && { title }),
    ...(times.length > 0 && { atMs: times.reduce((a, b) => Math.max(a, b)) }),
  });
}

/** The first thing said is what the task is. */
function titleOf(messages: readonly LogRecord[]): SessionFacts['title'] {
  const first = messages.find((message) => ['text', 'task'].includes(nameOf(message, 'say')));
  const prompt = toHumanPrompt((first && textOf(first, 'text')) ?? '');
  const text = prompt === null ? undefined : toTitle(prompt);
  return text === undefined ? undefined : { text, source: 'prompt' };
}

/** Whoever asks has handed back. */
function isOver(message: LogRecord): boolean {
  return nameOf(message, 'type') === 'ask' || nameOf(message, 'say') === 'completion_result';
}
