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
    ...(entry.isSubAgent && { parentKey: entry.rootKey, isParentGuessed: true }),
    ...(title && { title }),
    ...whereOf(entry, session),
    ...(entry.atMs !== null && { atMs: entry.atMs }),
    ...(isTurnOpen !== undefined && { isTurnOpen }),
  };
}

function titleOf(entry: Entry, memory: Memory, session: SessionMemory): Title {
  if (entry.type === 'summary') return summaryTitle(entry, memory);
  const given = givenTitle(entry.line, entry.type) ?? takeSummary(entry, memory);
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

function takeSummary({ line }: Entry, memory: Memory): Title {
  const uuid = nameOf(line, 'uuid');
  if (uuid === '') return undefined;
  memory.uuid = uuid;
  const summary = memory.summaries.findLast(({ leafUuid }) => leafUuid === uuid);
  return summary && titled(summary.text, 'summary');
}

function whereOf({ line }: Entry, session: SessionMemory): Pick<SessionFacts, 'projectPath' | 'gitBranch'> {
  const projectPath = session.hasProject ? null : textOf(line, 'cwd');
  if (projectPath !== null) session.hasProject = true;
  const gitBranch = branchOf(line);
  const isNewBranch = gitBranch !== '' && gitBranch !== session.gitBranch;
  if (isNewBranch) session.gitBranch = gitBranch;
  return { ...(projectPath !== null && { projectPath }), ...(isNewBranch && { gitBranch }) };
}
