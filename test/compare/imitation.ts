/** What an imitation of another program is given, and what it gives. */

import type { AgentId } from '../../src/domain/agent.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import type { CommonTokens } from './commonTokens.ts';
import type { RuleName } from './rules.ts';

export interface SeenLog {
  readonly agent: AgentId;
  /** Relative to the home folder, with `/` between the parts. */
  readonly root: string;
  /** Relative to its root, with `/` between the parts. */
  readonly path: string;
  readonly modifiedMs: number;
}

/** A line with what our reader made of it. */
export interface SeenLine {
  readonly text: string;
  readonly receipts: readonly Receipt[];
  readonly isRefused: boolean;
}

export type Difference = 'model' | 'day' | 'session' | 'tokens' | 'extra';

/** One response as another program counts it. */
export interface Entry {
  /** Our receipt of the same response, see `receiptKey`; `null` where we have none. */
  readonly receipt: string | null;
  /** Of UTC. */
  readonly day: string;
  readonly session: string;
  readonly model: string;
  readonly tokens: CommonTokens;
  readonly billing: Billing;
  /** Where it differs from the receipt, why: `extra` is for a response that we do not count, or counted already. */
  readonly because: Readonly<Partial<Record<Difference, RuleName | undefined>>>;
}

/** What the price that another program puts on a response depends on, besides its tokens. */
export interface Billing {
  /** Of the writes to the cache, those for an hour. */
  readonly hourWrites: number;
  /** Fast mode, or a priority tier. */
  readonly isFast: boolean;
  /** What the log itself gives as the cost, in dollars, where the program takes it. */
  readonly loggedCost: number | null;
}

export const plainBilling: Billing = { hourWrites: 0, isFast: false, loggedCost: null };

export interface Imitated {
  readonly entries: readonly Entry[];
  /** Why the program does not count receipts of ours, by `receiptKey`. */
  readonly missed: ReadonlyMap<string, RuleName>;
}

/** Reads the logs of one agent as another program does. */
export interface Imitation {
  /** Logs come in the order of their paths; the lines of one before the next. */
  open(log: SeenLog): (line: SeenLine) => void;
  finish(): Imitated;
}

export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
