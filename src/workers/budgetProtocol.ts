/** What the editor and the ledger worker say to each other of budgets. */

import type { WrongEntry } from '../budgets/parseBudgets.ts';
import type { Amount, Budget, BudgetClock, Cause, SessionKey, Standing } from '../domain/budget.ts';
import type { ResetQuery } from '../oversight/resets.ts';

/** The budgets of one settings file. */
export interface SourceBudgets {
  /** Its folder: the same in all windows that read it. */
  readonly source: string;
  /** The workspace folder that it belongs to, to which its budgets are narrowed; `null` for the user's own. */
  readonly project: string | null;
  /** As the setting has it, whatever that is. */
  readonly value: unknown;
}

export interface WrongBudget extends WrongEntry {
  readonly source: string;
}

export type BudgetRequests = {
  /** How all budgets stand, those of sessions for the ones that were active in the last hour. */
  readonly budgets: { params: null; reply: BudgetsOverview };
  /** Ends periods now. */
  readonly resetBudget: { params: ResetQuery; reply: { readonly reset: number } };
  /** Raises a budget until its period ends, for one session or, of one over a time, for everybody. */
  readonly raiseBudget: {
    params: { readonly budget: string; readonly session: SessionKey | null; readonly by: Amount };
    reply: boolean;
  };
  /** Says that a session is to stop: guards ask for it. */
  readonly stopSession: { params: { readonly session: SessionKey }; reply: boolean };
  /** Lets a session, or all, go on: ends stops and draws new lines for budgets that are spent. */
  readonly releaseSession: {
    params: { readonly session: SessionKey | null; readonly by?: Amount | null };
    reply: { readonly released: number };
  };
};

export interface BudgetsOverview {
  /** Those in force, and those that are paused. */
  readonly budgets: readonly Budget[];
  readonly standings: readonly Standing[];
  readonly clock: BudgetClock | null;
  readonly wrong: readonly WrongBudget[];
  readonly epochs: readonly Epoch[];
}

/** How far the first sessions of a project have come, in which nothing is adjusted by what they cost. */
export interface Epoch {
  readonly projectPath: string;
  readonly sessions: number;
  readonly of: number;
}

export type BudgetEvent =
  /** Sent once per line over all windows and restarts, by the one window that recorded it first. */
  { readonly type: 'budgetCrossed'; readonly standing: Standing; readonly cause: Cause };
