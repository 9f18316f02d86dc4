/** Limits on spending, and how far the spending has come. */

import type { AgentId } from './agent.ts';
import type { Period, PeriodUnit } from './period.ts';

/**
 * What a budget counts. Use under a plan and money paid by the token never share a limit unless it is one of `list`.
 *
 * - `list`: all use, at list price
 * - `paid`: use that is paid by the token, and use of which nothing tells how it is paid, at list price
 * - `plan`: what use under a plan would cost, at list price
 * - `tokens`: all tokens, each class once
 * - `credits`: a plan's credits, where agents log them
 * - `planShare`: the share of a plan's window, as the agent itself reports it
 */
export const budgetUnits = ['list', 'paid', 'plan', 'tokens', 'credits', 'planShare'] as const;

export type BudgetUnit = (typeof budgetUnits)[number];

/**
 * An amount of a unit in its smallest part: pico-dollars of `list`, `paid` and `plan`; tokens; credits as the
 * pico-dollars that they stand for, 10¹⁰ a credit; millionths of a plan's window.
 */
export type Amount = bigint;

/** The time that a budget is for. A rolling window ends now and has no reset. */
export type BudgetSpan =
  | { readonly kind: 'session' }
  | { readonly kind: 'calendar'; readonly unit: PeriodUnit }
  | { readonly kind: 'rolling'; readonly hours: number };

/** What of all use a budget counts; all of it where nothing is named. */
export interface BudgetScope {
  readonly agent?: AgentId;
  /** A folder: sessions at work in it or below it. */
  readonly project?: string;
  /** A model as logged, with `*` for any run of characters. */
  readonly model?: string;
}

export interface Budget {
  /** Made of span, unit and scope: the same after its limit was changed. */
  readonly id: string;
  readonly span: BudgetSpan;
  readonly unit: BudgetUnit;
  readonly scope: BudgetScope;
  readonly limit: Amount;
  /** Whole percents of the limit from which it is near, and from which the agent is told to conclude. */
  readonly nearPercent: number;
  readonly wrapUpPercent: number;
  /** Whether an agent with a guard is stopped at the limit. */
  readonly stops: boolean;
  readonly isPaused: boolean;
}

/** `near` and `wrapUp` from the budget's own percents on, `over` from the limit on. */
export const budgetLevels = ['within', 'near', 'wrapUp', 'over'] as const;

export type BudgetLevel = (typeof budgetLevels)[number];

/** One conversation, by the agent's own id. */
export interface SessionKey {
  readonly agent: AgentId;
  readonly key: string;
}

/** How a budget stands. */
export interface Standing {
  readonly budget: Budget;
  /** Whose budget it is, when it is one of each session. Sub-agents are charged to it. */
  readonly session: SessionKey | null;
  /** What counts: begins with the last reset, where that was later than the calendar's. `null` for a session. */
  readonly period: Period | null;
  /** What may be spent, with all that it was raised by. */
  readonly limit: Amount;
  readonly spent: Amount;
  /** Some of what counts has no price, or tokens that are not known: `spent` is a lower bound. */
  readonly isLowerBound: boolean;
  /** When an agent reported `spent`, of a share of a plan; `null` where it is worked out, or nothing was reported. */
  readonly asOfMs: number | null;
  readonly level: BudgetLevel;
  /** When it begins anew by itself. */
  readonly nextResetMs: number | null;
  /** What is spent an hour at the present rate; `null` where nothing was spent lately. */
  readonly ratePerHour: Amount | null;
  /** Time left at this rate; `null` without a rate, 0 when it is over. */
  readonly leftMs: number | null;
}

const hourMs = 3_600_000;

/**
 * Whether the limit is not reached at the present rate: a period begins anew before, and of a rolling window what was
 * spent leaves it as fast as more comes.
 */
export function lasts({ budget, leftMs, nextResetMs }: Standing, nowMs: number): boolean {
  if (leftMs === null) return false;
  const { span } = budget;
  const endMs = span.kind === 'rolling' && nextResetMs === null ? nowMs + span.hours * hourMs : nextResetMs;
  return endMs !== null && nowMs + leftMs >= endMs;
}

/** When a budget came to a level, in the period that counts. */
export interface Crossed {
  readonly budget: string;
  /** Which of two budgets of one id. */
  readonly stops: boolean;
  /** Whose budget it is; `null` of one over a time. */
  readonly session: SessionKey | null;
  readonly level: BudgetLevel;
  readonly atMs: number;
  /** Not where it was long past when it was noted, or alerts were snoozed. */
  readonly isTold: boolean;
}

/** Until when nothing is told of what is crossed. */
export interface Snooze {
  /** Its id; `null` for all budgets. */
  readonly budget: string | null;
  readonly untilMs: number;
}

/** What a guard tells an agent. */
export type Verdict =
  | { readonly kind: 'allow' }
  /** Begin, and be sparing: this budget, of more than the session, is near its limit. */
  | { readonly kind: 'save'; readonly standing: Standing }
  /** Conclude: the reserve is reached. */
  | { readonly kind: 'wrapUp'; readonly standing: Standing }
  /** End the turn. */
  | { readonly kind: 'stop'; readonly standing: Standing }
  /** The user stopped this session by hand. */
  | { readonly kind: 'stoppedByHand'; readonly atMs: number };

/** What a session that no budget counts has come to, in times of what such sessions usually come to. */
export const estimateSteps = ['within', 'noted', 'warned', 'asked', 'unknownTrouble'] as const;

export type EstimateStep = (typeof estimateSteps)[number];

/** How a session stands against the past sessions of its project, at list price. */
export interface EstimateStanding {
  readonly session: SessionKey;
  /** Half of them came to no more. */
  readonly estimate: Amount;
  /** Nine of ten came to no more: below it a session is within the usual spread. */
  readonly usual: Amount;
  /** Past sessions that this stands on. */
  readonly samples: number;
  readonly spent: Amount;
  readonly isLowerBound: boolean;
  readonly step: EstimateStep;
  /** Whether it is out of the usual spread: else a step is shown and never told. */
  readonly isDrift: boolean;
}

/**
 * The first sessions of a project, which only teach: there is no estimate to hold them against, and nothing is adjusted
 * by what they cost.
 */
export interface Epoch {
  readonly projectPath: string;
  /** Those so far. */
  readonly sessions: number;
  readonly of: number;
}

/** The budget that is spent first at the present rates. */
export interface BudgetClock {
  readonly standing: Standing;
  readonly leftMs: number;
  /** At its present rate it is never spent, nor is any other. */
  readonly lastsUntilReset: boolean;
}

/** What spent most of what brought a budget over a line. All of it is text from logs. */
export interface Cause {
  /** No sub-agent. */
  readonly session: Spender | null;
  /** Below that session, where most was spent by a sub-agent. */
  readonly subAgent: Spender | null;
  readonly model: string | null;
  /** The tool that was called most. */
  readonly tool: string | null;
}

export interface Spender extends SessionKey {
  readonly title: string | null;
  /** What a sub-agent was started as. */
  readonly role: string | null;
}
