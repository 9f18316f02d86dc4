/** What is remembered of a transcript between two of its lines. */

import type { SpawnCall } from './spawns.ts';
import type { OpenCall } from './toolCalls.ts';

export interface Memory {
  /** The last ones logged, for lines that bear none. */
  sessionId: string | null;
  atMs: number | null;
  uuid: string | null;
  /** What was said of each session that wrote here, so that it is not said on every line. */
  sessions: SessionMemory[];
  /** What was said of each session that a branch copied lines from. */
  originals: SessionMemory[];
  /** Calls that start a sub-agent and have no result yet. */
  calls: readonly SpawnCall[];
  /** Calls of any tool that have no result yet. */
  openCalls: readonly OpenCall[];
  /** Old versions put the title into a later file, under the last line that it sums up. */
  summaries: { readonly leafUuid: string; readonly text: string }[];
}

export interface SessionMemory {
  readonly key: string;
  /** The first prompt names a session, later ones do not. */
  isNamed: boolean;
  /** Prompts of a person so far. */
  prompts: number;
  /** The first directory is the project, later ones are where a command went. */
  hasProject: boolean;
  gitBranch: string | null;
  /** The session that it was said to come from. */
  parentKey: string | null;
}

/** What one transcript is expected to hold at most: the oldest is forgotten, or a log could fill the memory. */
const mostRemembered = 64;

export function newMemory(): Memory {
  return {
    sessionId: null,
    atMs: null,
    uuid: null,
    sessions: [],
    originals: [],
    calls: [],
    openCalls: [],
    summaries: [],
  };
}

/** @param list of those whose own lines are read, or of those that a branch copied lines from */
export function sessionMemory(
  memory: Memory,
  key: string,
  list: 'sessions' | 'originals' = 'sessions',
): SessionMemory {
  const known = memory[list].find((session) => session.key === key);
  if (known !== undefined) return known;
  const session = { key, isNamed: false, prompts: 0, hasProject: false, gitBranch: null, parentKey: null };
  memory[list] = keepLast([...memory[list], session]);
  return session;
}

export function keepLast<T>(items: readonly T[]): T[] {
  return items.slice(-mostRemembered);
}
