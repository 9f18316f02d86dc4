/** What a prompt turned into here before: ranges from receipts, never a guess at the next one. */

import type { Pico } from './money.ts';

export interface Outlook {
  /** `null` while there are too few samples. */
  readonly reply: ReplyOutlook | null;
  /** `null` while there are too few samples. */
  readonly session: SessionOutlook | null;
}

/** Output of single responses. */
export interface ReplyOutlook {
  /** Half of the replies were no longer. */
  readonly half: ReplySize;
  /** Nine of ten were no longer. */
  readonly most: ReplySize;
  readonly replies: number;
  /** Whether they are of the project that was asked for, or of all projects where it has too few. */
  readonly isOfProject: boolean;
}

export interface ReplySize {
  readonly tokens: number;
  /** Of the output alone, at list price; `null` without a price. */
  readonly cost: Pico | null;
}

/** Cost of whole sessions of the project, sub-agents included, at list price. */
export interface SessionOutlook {
  /** Half of the sessions cost no more. */
  readonly half: Pico;
  /** Nine of ten cost no more. */
  readonly most: Pico;
  readonly sessions: number;
  /** How often a session cost no more than `most` as it was before it: what the range was worth so far. */
  readonly hitShare: number;
}
