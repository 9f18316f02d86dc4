/** A session: one conversation with an agent, or one sub-agent that a session started. */

import type { AgentId } from './agent.ts';

/** Where a title comes from, weakest first: a stronger source replaces a weaker one, a later one its equal. */
export const titleSources = ['prompt', 'summary', 'generated', 'custom'] as const;

export type TitleSource = (typeof titleSources)[number];

/**
 * What a log tells about a session beside its receipts. Every field may come late, from another file, or never;
 * facts about one session are merged field by field.
 */
export interface SessionFacts {
  readonly agent: AgentId;
  /** The agent's own id of the session. Sub-agents without one get `<key of the outermost session>/<agent id>`. */
  readonly key: string;
  /** Said by a copy in the log of another session: what its own log says stands, whichever was read first. */
  readonly isSecondHand?: boolean;
  /** The session that started this one, when this is a sub-agent. */
  readonly parentKey?: string;
  /** `parentKey` is only the outermost session it can come from: a parent that is not guessed replaces it, never the reverse. */
  readonly isParentGuessed?: boolean;
  /**
   * When `parentKey` was said, in milliseconds since 1970 UTC, of logs that name a parent by what moves on to later sessions: of
   * such statements the earliest stands.
   */
  readonly parentSaidMs?: number;
  readonly title?: { readonly text: string; readonly source: TitleSource };
  /** Working directory, as logged. */
  readonly projectPath?: string;
  readonly gitBranch?: string;
  /** A session of another agent that worked at this one's bidding, one of several where several are stated. */
  readonly delegate?: { readonly agent: AgentId; readonly key: string };
  /** What a sub-agent was started as, such as `Explore`. */
  readonly role?: string;
  /** That its use is under a plan, where the log is sure of it. */
  readonly account?: 'plan';
  /** When something was logged, in milliseconds since 1970 UTC: widens the session's span. */
  readonly atMs?: number;
  /** Whether the agent was at work after this line (`true`) or had handed back to its user (`false`). */
  readonly isTurnOpen?: boolean;
}

/** Titles longer than this are cut: a log may put a whole file into its first prompt. */
export const maxTitleLength = 120;

/** One line of at most {@link maxTitleLength} characters, or `undefined` when nothing is left to show. */
export function toTitle(text: string): string | undefined {
  const line = text
    .slice(0, 4 * maxTitleLength)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (line === '') return undefined;
  const characters = [...line];
  return characters.length <= maxTitleLength
    ? line
    : `${characters
        .slice(0, maxTitleLength - 1)
        .join('')
        .trimEnd()}…`;
}
