/** What the lists of tasks tell of each. Their sums repeat what the tasks' own files tell. */

import type { AgentId } from '../../domain/agent.ts';
import { toTitle } from '../../domain/session.ts';
import { idOf, type LogRecord, parseRecord, parseRecords, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { LogLine, Sink } from '../reader.ts';

export function readHistoryItem(agent: AgentId, document: LogLine, sink: Sink): void {
  const item = parseRecord(document.text());
  if (item === null) sink.refuse('malformed');
  else tell(agent, item, sink);
}

export function readTaskHistory(agent: AgentId, document: LogLine, sink: Sink): void {
  const items = parseRecords(document.text());
  if (items === null) sink.refuse('malformed');
  else for (const item of items) tell(agent, item, sink);
}

function tell(agent: AgentId, item: LogRecord, sink: Sink): void {
  const key = idOf(item, 'id');
  if (key === null) return;
  const parentKey = idOf(item, 'parentTaskId');
  const projectPath = textOf(item, 'cwdOnTaskInitialization') ?? textOf(item, 'workspace');
  const prompt = toHumanPrompt(textOf(item, 'task') ?? '');
  const title = prompt === null ? undefined : toTitle(prompt);
  sink.session({
    agent,
    key,
    ...(parentKey !== null && parentKey !== key && { parentKey }),
    ...(projectPath !== null && { projectPath }),
    ...(title !== undefined && { title: { text: title, source: 'summary' } }),
  });
}
