/**
 * Takes the records of a chat: a header, messages, and patches. A patch may put another list in place of the messages,
 * or drop some; what they cost stays spent, so messages are only ever added, each by its id.
 */

import type { SessionFacts } from '../../domain/session.ts';
import { fieldOf, idOf, isRecord, type LogRecord, nameOf, recordOf, recordsOf, timeOf } from '../fields.ts';
import type { Sink } from '../reader.ts';
import { projectIn, projectNamed, promptTitle, summaryTitle } from './facts.ts';
import type { Memory } from './memory.ts';
import { isReply, isTurnOpenAfter, takeToolCalls, toReceipt } from './messages.ts';
import { isPrompt, textsOf } from './texts.ts';

/** Takes one line. */
export function takeRecord(memory: Memory, record: LogRecord, sink: Sink): void {
  const patch = fieldOf(record, '$set');
  if (isRecord(patch)) takePatch(memory, patch, sink);
  else if (patch !== null) sink.refuse('malformed');
  else if (nameOf(record, 'type') !== '') takeMessage(memory, record, sink);
  else if (idOf(record, 'sessionId') !== null) takeHeader(memory, record, sink);
}

/** Takes a chat that is one document. */
export function takeChat(memory: Memory, chat: LogRecord, sink: Sink): void {
  if (idOf(chat, 'sessionId') === null) {
    sink.refuse('malformed');
    return;
  }
  takeHeader(memory, chat, sink);
  for (const message of recordsOf(chat, 'messages')) takeMessage(memory, message, sink);
}

function takeHeader(memory: Memory, header: LogRecord, sink: Sink): void {
  const key = idOf(header, 'sessionId');
  if (key !== null && key !== memory.sessionKey) {
    Object.assign(memory, { sessionKey: key, isNamed: false, hasProject: false, turn: 0, model: '' });
  }
  const named = projectNamed(header);
  memory.hasProject ||= named !== undefined;
  const project = named ?? (memory.hasProject ? undefined : memory.project);
  const title = summaryTitle(header);
  say(memory, sink, timeOf(header, 'startTime'), {
    ...(memory.parentKey !== null && { parentKey: memory.parentKey }),
    ...(project && { projectPath: project }),
    ...(title && { title }),
  });
}

function takePatch(memory: Memory, patch: LogRecord, sink: Sink): void {
  const { model } = memory;
  // The list goes back to where the model may have been another.
  memory.model = '';
  for (const message of recordsOf(patch, 'messages')) {
    takeReply(memory, message, sink);
    takeProject(memory, message, sink);
  }
  memory.model ||= model;
  const title = summaryTitle(patch);
  const project = projectNamed(patch);
  if (title === undefined && project === undefined) return;
  say(memory, sink, timeOf(patch, 'lastUpdated'), {
    ...(title && { title }),
    ...(project && { projectPath: project }),
  });
}

function takeMessage(memory: Memory, message: LogRecord, sink: Sink): void {
  takeProject(memory, message, sink);
  if (isPrompt(message)) memory.turn++;
  takeReply(memory, message, sink);
  const title = memory.isNamed ? undefined : promptTitle(message);
  if (title !== undefined) memory.isNamed = true;
  const isTurnOpen = isTurnOpenAfter(message);
  say(memory, sink, timeOf(message, 'timestamp'), {
    ...(title && { title }),
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  });
}

function takeReply(memory: Memory, message: LogRecord, sink: Sink): void {
  if (!isReply(message)) return;
  memory.model = nameOf(message, 'model') || memory.model;
  if (fieldOf(message, 'tokens') === null) return;
  const tokens = recordOf(message, 'tokens');
  const receipt = tokens === null ? 'malformed' : toReceipt(memory, message, tokens);
  if (typeof receipt === 'string') sink.refuse(receipt);
  else {
    sink.receipt(receipt);
    takeToolCalls(receipt, message, sink);
  }
}

/** The directory stands in a text that Gemini CLI puts before the first prompt. */
function takeProject(memory: Memory, message: LogRecord, sink: Sink): void {
  if (memory.hasProject) return;
  const projectPath = projectIn(textsOf(message, 'content'));
  if (projectPath === null) return;
  memory.hasProject = true;
  say(memory, sink, timeOf(message, 'timestamp'), { projectPath });
}

function say(memory: Memory, sink: Sink, atMs: number | null, facts: Partial<SessionFacts>): void {
  sink.session({
    agent: memory.agent,
    key: memory.sessionKey,
    ...(atMs !== null && { atMs }),
    ...facts,
  });
}
