/** What a line tells about its session beside what it cost. */

import type { SessionFacts } from '../../domain/session.ts';
import { nameOf, textOf } from '../fields.ts';
import { branchOf } from './circumstances.ts';
import type { Entry } from './entry.ts';
import { keepLast, type Memory, type SessionMemory, sessionMemory } from './memory.ts';
import { givenTitle, humanPrompt, titled } from './titles.ts';
import { isTurnOpenAfter } from './turns.ts';

type Title = SessionFacts['title'];

/** The facts of a line, all of them optional: a line may only say that its session lived. */
export function factsOf(entry: Entry, memory: Memory): SessionFacts {
  const session = sessionMemory(memory, entry.key);
  const title = titleOf(entry, memory, session);
  const isTurnOpen = isTurnOpenAfter(entry.line, entry.type);
  return {
    agent: 'claude-code',
    key: entry.key,
    ...(entry.isSubAgent && takeParent(entry.rootKey, session)),
    ...(title && { title }),
    ...whereOf(entry, session),
    ...(entry.atMs !== null && { atMs: entry.atMs }),
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  };
}

/** What a line that a fork copied tells of the fork, which is named after it: the rest is the past of another session. */
export function copiedFacts(entry: Entry, memory: Memory): SessionFacts | null {
  const title = titleOf(entry, memory, sessionMemory(memory, entry.key));
  return title === undefined ? null : { agent: 'claude-code', key: entry.key, title };
}

/** What it tells of the session that it was copied from, whose own log may be gone. */
export function originalFacts(entry: Entry, memory: Memory): SessionFacts | null {
  if (!entry.isBranched) return null;
  const session = sessionMemory(memory, entry.madeByKey, 'originals');
  const title = titleOf(entry, memory, session);
  return {
    agent: 'claude-code',
    key: entry.madeByKey,
    isSecondHand: true,
    ...(entry.isSubAgent && takeParent(entry.madeByRootKey, session)),
    ...(title && { title }),
    ...whereOf(entry, session),
    ...(entry.atMs !== null && { atMs: entry.atMs }),
  };
}

function titleOf(entry: Entry, memory: Memory, session: SessionMemory): Title {
  if (entry.type === 'summary') return summaryTitle(entry, memory);
  const given = givenTitle(entry.line, entry.type) ?? takeSummary(nameOf(entry.line, 'uuid'), memory);
  const prompt = entry.type === 'user' ? humanPrompt(entry.line) : null;
  if (prompt === null) return given;
  if (entry.claim === 'own') session.prompts++;
  if (given !== undefined || session.isNamed) return given;
  const title = titled(prompt, 'prompt');
  session.isNamed = title !== undefined;
  return title;
}

/** A summary names the session of its last line, which may stand above it, below it or in another file. */
function summaryTitle({ line }: Entry, memory: Memory): Title {
  const title = titled(textOf(line, 'summary'), 'summary');
  const leafUuid = nameOf(line, 'leafUuid');
  if (title === undefined || leafUuid === memory.uuid) return title;
  memory.summaries = keepLast([...memory.summaries, { leafUuid, text: title.text }]);
  return undefined;
}

/**
 * What an earlier line has said that sums up what leads to this one.
 *
 * @param uuid `''` where the line has none
 */
function takeSummary(uuid: string, memory: Memory): Title {
  if (uuid === '') return undefined;
  memory.uuid = uuid;
  const summary = memory.summaries.findLast(({ leafUuid }) => leafUuid === uuid);
  return summary && titled(summary.text, 'summary');
}

/** The session that a sub-agent comes from at most, where that is not said yet. */
export function takeParent(parentKey: string, session: SessionMemory): Parent {
  if (session.parentKey === parentKey) return noParent;
  session.parentKey = parentKey;
  return { parentKey, isParentGuessed: true };
}

type Parent = Pick<SessionFacts, 'parentKey' | 'isParentGuessed'>;

const noParent: Parent = {};

const nowhereElse: Where = {};

type Where = Pick<SessionFacts, 'projectPath' | 'gitBranch'>;

function whereOf({ line }: Entry, session: SessionMemory): Where {
  return takeWhere(textOf(line, 'cwd'), branchOf(line), session);
}

/**
 * What is new about where the session works.
 *
 * @param gitBranch `''` where none is known
 */
export function takeWhere(cwd: string | null, gitBranch: string, session: SessionMemory): Where {
  const projectPath = session.hasProject ? null : cwd;
  if (projectPath !== null) session.hasProject = true;
  const isNewBranch = gitBranch !== '' && gitBranch !== session.gitBranch;
  if (isNewBranch) session.gitBranch = gitBranch;
  if (projectPath === null && !isNewBranch) return nowhereElse;
  return { ...(projectPath !== null && { projectPath }), ...(isNewBranch && { gitBranch }) };
}
