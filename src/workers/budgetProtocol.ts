/** What the editor and the ledger worker say to each other of budgets. */

import type { WrongEntry } from '../budgets/parseBudgets.ts';
import type { Suggestion } from '../budgets/suggestion.ts';
import type {
  Amount,
  Budget,
  BudgetClock,
  Cause,
  Crossed,
  Epoch,
  EstimateStanding,
  SessionKey,
  Snooze,
  Standing,
} from '../domain/budget.ts';
import type { ResetQuery } from '../oversight/resets.ts';
import type { StopThatDidNotHold } from '../oversight/stops.ts';

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
  /** What the user's own past would make the limit of such a budget. */
  readonly suggestLimit: { params: Pick<Budget, 'span' | 'unit' | 'scope'>; reply: Suggestion | null };
  /** Ends periods now. */
  readonly resetBudget: { params: ResetQuery; reply: { readonly reset: number } };
  /**
   * Raises a budget until its period ends, for one session or, of one over a time, for everybody. Answers what may be spent
   * then, `null` where nothing was raised.
   */
  readonly raiseBudget: {
    params: { readonly budget: string; readonly session: SessionKey | null; readonly by: Amount };
    reply: Amount | null;
  };
  /** Says that a session is to stop: guards ask for it. */
  readonly stopSession: { params: { readonly session: SessionKey }; reply: boolean };
  /** Lets a session, or all, go on: ends stops and draws new lines for budgets that are spent. */
  readonly releaseSession: {
    params: { readonly session: SessionKey | null; readonly by?: Amount | null };
    reply: { readonly released: number };
  };
  /** Tells of no line that is crossed until then. `null` for all budgets, or all sessions. */
  readonly snooze: {
    params: {
      readonly budget: string | null;
      readonly session: SessionKey | null;
      readonly untilMs: number;
    };
    reply: null;
  };
};

export interface BudgetsOverview {
  /** Those in force, and those that are paused. */
  readonly budgets: readonly Budget[];
  readonly standings: readonly Standing[];
  readonly clock: BudgetClock | null;
  /** When those that are near their limit, or over it, came there. */
  readonly crossed: readonly Crossed[];
  readonly snoozes: readonly Snooze[];
  /** How far back rates look. */
  readonly rateWindowMs: number;
  readonly wrong: readonly WrongBudget[];
  /** Of sessions that were active in the last hour and that no budget of a session counts. */
  readonly estimates: readonly EstimateStanding[];
  /** Of the projects of sessions that were active in the last hour. */
  readonly epochs: readonly Epoch[];
}

export type BudgetCrossed = Extract<BudgetEvent, { readonly type: 'budgetCrossed' }>;

export type BudgetEvent =
  /** Sent once per line and level over all windows and restarts, by the one window that recorded it first. */
  | { readonly type: 'budgetCrossed'; readonly standing: Standing; readonly cause: Cause }
  /** Likewise for each step, of sessions out of their project's usual spread. */
  | { readonly type: 'estimateCrossed'; readonly standing: EstimateStanding; readonly cause: Cause }
  /** Sent again whenever such a session has spent more. */
  | { readonly type: 'stopDidNotHold'; readonly stop: StopThatDidNotHold };
