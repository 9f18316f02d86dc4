/** What a line tells about its session beside what it cost. */

import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordsOf, textOf, timeOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import { type Memory, newMemory, sessionIdIn } from './memory.ts';

type Title = SessionFacts['title'];

/** Begins the session of a header. The session that it was forked from is named by its file, or by its id. */
export function startSession(memory: Memory, header: LogRecord): SessionFacts {
  const { holderKey, holderBornMs, earlyTitle } = memory;
  const parent = textOf(header, 'parentSession') ?? textOf(header, 'branchedFrom');
  Object.assign(memory, newMemory(memory.agent, ''), {
    holderKey,
    holderBornMs,
    hasHeader: true,
    sessionKey: idOf(header, 'id') ?? memory.sessionKey,
    parentKey: parent === null ? null : sessionIdIn(parent),
    bornMs: timeOf(header, 'timestamp'),
  });
  const projectPath = textOf(header, 'cwd');
  const title = earlyTitle ?? titled(header, 'title');
  const holder = holderOf(memory);
  return {
    agent: memory.agent,
    key: memory.sessionKey,
    ...(holder !== null && { parentKey: holder, isParentGuessed: true }),
    ...(projectPath !== null && { projectPath }),
    ...(title && { title }),
    ...(memory.bornMs !== null && { atMs: memory.bornMs }),
  };
}

/** Forks of OMP copy what lies beside the session, sub-agents included: one that is older than the holder is another's. */
function holderOf({ holderKey, holderBornMs, bornMs }: Memory): string | null {
  return holderBornMs !== null && bornMs !== null && bornMs < holderBornMs ? null : holderKey;
}

const titleFields: Readonly<Record<string, string>> = {
  session_info: 'name',
  title_change: 'title',
  title: 'title',
};

/** The name that a session was given, by its user or, in OMP, by a model. OMP has it above the header, too. */
export function givenTitle(entry: LogRecord): Title {
  const type = nameOf(entry, 'type');
  return Object.hasOwn(titleFields, type) ? titled(entry, titleFields[type] ?? '') : undefined;
}

function titled(record: LogRecord, field: string): Title {
  const title = toTitle(textOf(record, field) ?? '');
  const source = nameOf(record, 'titleSource') || nameOf(record, 'source');
  return title === undefined
    ? undefined
    : { text: title, source: source === 'auto' ? 'generated' : 'custom' };
}

export function promptTitle(memory: Memory, message: LogRecord): Title {
  if (memory.isNamed || nameOf(message, 'role') !== 'user') return undefined;
  for (const text of textsOf(message)) {
    const title = toTitle(toHumanPrompt(text) ?? '');
    if (title === undefined) continue;
    memory.isNamed = true;
    return { text: title, source: 'prompt' };
  }
  return undefined;
}

/** The texts of a message; images are none. */
export function textsOf(message: LogRecord): readonly string[] {
  const content = fieldOf(message, 'content');
  if (typeof content === 'string') return [content];
  const texts = recordsOf(message, 'content').map((block) => fieldOf(block, 'text'));
  return texts.filter((text) => typeof text === 'string');
}

/** `undefined` when the message leaves things as they are. */
export function isOpenAfter(message: LogRecord): boolean | undefined {
  const role = nameOf(message, 'role');
  if (role === 'user' || role === 'toolResult') return true;
  return role === 'assistant' ? nameOf(message, 'stopReason') === 'toolUse' : undefined;
}
