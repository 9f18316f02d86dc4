/** What a line tells about its session beside what it cost. */

import { type SessionFacts, toTitle } from '../../domain/session.ts';
import { fieldOf, idOf, type LogRecord, nameOf, recordOf, textOf } from '../fields.ts';
import { toHumanPrompt } from '../prompts.ts';
import type { Entry } from './entry.ts';
import type { Memory } from './memory.ts';
import { functionCalls, partsOf } from './toolCalls.ts';

type Title = SessionFacts['title'];

export function factsOf(entry: Entry, memory: Memory): SessionFacts {
  const { record, key, atMs, parentKey } = entry;
  const isPrompt = isPromptOf(entry);
  if (isPrompt) memory.turn++;
  const title = givenTitle(record) ?? (isPrompt ? promptTitle(record, memory) : undefined);
  const isTurnOpen = isPrompt || isTurnOpenAfter(entry);
  const role = nameOf(record, 'agentName');
  return {
    agent: 'qwen-code',
    key,
    ...parentOf(record, parentKey),
    ...(title && { title }),
    ...whereOf(record, memory),
    ...(parentKey !== null && role !== '' && { role }),
    ...(atMs !== null && { atMs }),
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  };
}

/** Sub-agents of sub-agents lie in the folder of the outermost session, too. */
function parentOf(
  record: LogRecord,
  outermost: string | null,
): Pick<SessionFacts, 'parentKey' | 'isParentGuessed'> {
  if (outermost !== null) return { parentKey: outermost, isParentGuessed: true };
  const payload = nameOf(record, 'subtype') === 'parent_session' ? recordOf(record, 'systemPayload') : null;
  const parentKey = payload === null ? null : idOf(payload, 'parentSessionId');
  return parentKey === null ? {} : { parentKey };
}

function givenTitle(record: LogRecord): Title {
  if (nameOf(record, 'subtype') !== 'custom_title') return undefined;
  const payload = recordOf(record, 'systemPayload');
  const title = payload === null ? undefined : toTitle(textOf(payload, 'customTitle') ?? '');
  if (payload === null || title === undefined) return undefined;
  return { text: title, source: nameOf(payload, 'titleSource') === 'auto' ? 'generated' : 'custom' };
}

function promptTitle(record: LogRecord, memory: Memory): Title {
  if (memory.isNamed) return undefined;
  const title = toTitle(promptIn(record) ?? '');
  if (title === undefined) return undefined;
  memory.isNamed = true;
  return { text: title, source: 'prompt' };
}

/** Whether a person wrote the line, or for a sub-agent the session that started it. */
function isPromptOf({ record, type }: Entry): boolean {
  const isReal = ['', 'real_user'].includes(nameOf(record, 'provenance'));
  return type === 'user' && isReal && nameOf(record, 'subtype') === '' && promptIn(record) !== null;
}

function promptIn(record: LogRecord): string | null {
  for (const part of partsOf(record)) {
    const text = fieldOf(part, 'text');
    const prompt = typeof text === 'string' ? toHumanPrompt(text) : null;
    if (prompt !== null) return prompt;
  }
  return null;
}

function whereOf(record: LogRecord, memory: Memory): Pick<SessionFacts, 'projectPath' | 'gitBranch'> {
  const projectPath = memory.hasProject ? null : textOf(record, 'cwd');
  memory.hasProject ||= projectPath !== null;
  const gitBranch = nameOf(record, 'gitBranch');
  const isNewBranch = gitBranch !== '' && gitBranch !== memory.gitBranch;
  if (isNewBranch) memory.gitBranch = gitBranch;
  return { ...(projectPath !== null && { projectPath }), ...(isNewBranch && { gitBranch }) };
}

function isTurnOpenAfter({ record, type }: Entry): boolean | undefined {
  if (type === 'tool_result') return true;
  return type === 'assistant' ? functionCalls(record).length > 0 : undefined;
}
