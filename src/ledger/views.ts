/** What the ledger tells about itself: the shapes of its answers. Types only, so that any process may import them. */

import type { Account } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import type { Standing } from '../domain/budget.ts';
import type { RefusalReason } from '../domain/refusal.ts';
import type { Totals } from '../domain/totals.ts';
import type { WrongPrice } from '../pricing/ownPrices.ts';

/** A session with the sub-agents that it started. */
export interface SessionNode {
  readonly agent: AgentId;
  readonly key: string;
  readonly title: string | null;
  readonly projectPath: string | null;
  readonly gitBranch: string | null;
  /** What a sub-agent was started as. */
  readonly role: string | null;
  /** Models as logged, the one that answered most first. */
  readonly models: readonly string[];
  readonly startedMs: number;
  /** When the session or one of its sub-agents last logged something. */
  readonly lastMs: number;
  readonly isRunning: boolean;
  readonly account: Account;
  /** The session's own receipts. */
  readonly own: Totals;
  /** Its own and those of all sub-agents below it. */
  readonly tree: Totals;
  readonly subAgents: readonly SessionNode[];
  /** Of sessions that are no sub-agents: how the worst of their own budgets stands. */
  readonly budget: Standing | null;
  /** Of sessions that are no sub-agents, while the user's word that they stop holds. */
  readonly stop: SessionStop | null;
  /** Of sessions that are no sub-agents, where a budget is to stop it: that its agent's guard is not asked. */
  readonly unguarded: UnguardedRun | null;
}

/** How a session goes on without asking the guard that was put into its agent. */
export interface UnguardedRun {
  /** When it was asked last; `null` where it never was. */
  readonly beatMs: number | null;
  /** Since then. */
  readonly responses: number;
}

export interface SessionStop {
  readonly atMs: number;
  /** Whether nothing was spent since but on the calls that were under way. */
  readonly isHeld: boolean;
}

/** A folder in which an agent may leave logs. */
export interface LogFolder {
  readonly agent: AgentId;
  readonly path: string;
  /** Of what lies below, the paths that are watched, with `*` for any name or part of one; `null` where that is all. */
  readonly watched: readonly string[] | null;
  /** Another operating system keeps it: there is nothing to watch. */
  readonly isForeign: boolean;
  readonly state: 'found' | 'missing' | 'unreadable';
  readonly files: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

/**
 * What keeps the ledger from doing all of its work, as a code and the facts that a sentence about it needs.
 *
 * - `noSqlite`: the runtime has no `node:sqlite`; there is no ledger
 * - `folderNotWritable`: nothing can be kept in `path`; the ledger lives in memory until the window closes
 * - `diskFull`: what was read last could not be stored and will be read again; nothing is lost
 * - `damaged`: the database was moved aside to `movedTo` and rebuilt; `rescued` receipts came over from it
 * - `clockSetBack`: the newest receipt is dated `aheadMs` after now
 * - `wrongPrices`: entries of the user's own prices that are not understood and left out
 * - `portTaken`: another program has the port at which telemetry is received
 * - `newerLedger`: a newer version of the extension wrote the ledger; this one leaves it alone
 */
export type LedgerProblem =
  | { readonly kind: 'noSqlite'; readonly detail: string }
  | { readonly kind: 'folderNotWritable'; readonly path: string; readonly detail: string }
  | { readonly kind: 'diskFull'; readonly path: string }
  | { readonly kind: 'damaged'; readonly movedTo: string; readonly rescued: number }
  | { readonly kind: 'clockSetBack'; readonly aheadMs: number }
  | { readonly kind: 'wrongPrices'; readonly wrong: readonly WrongPrice[] }
  | { readonly kind: 'portTaken'; readonly port: number }
  | { readonly kind: 'newerLedger'; readonly path: string };
