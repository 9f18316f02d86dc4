/**
 * What an agent is told that asks for its own budgets: figures in whole units, and one sentence of advice. Nothing in it
 * comes from logs; names from settings are made plain.
 */

import type { AgentId } from '../domain/agent.ts';
import type { Amount, Budget, BudgetLevel, BudgetScope, BudgetUnit, Standing } from '../domain/budget.ts';
import { budgetLevels } from '../domain/budget.ts';
import { toTitle } from '../domain/session.ts';

export interface BudgetReport {
  readonly advice: string;
  /** The one nearest its limit first. */
  readonly budgets: readonly ReportedBudget[];
}

export interface ReportedBudget {
  /** `session`, `day`, `week`, `month`, or a rolling window such as `5 h`. */
  readonly per: string;
  /** Whose session it is, of a budget of one session. */
  readonly agent?: AgentId;
  /** What the figures are in. */
  readonly unit: string;
  /** What of all use counts; absent for all of it. */
  readonly only?: BudgetScope;
  readonly limit: number;
  readonly spent: number;
  /** More was spent than could be counted. */
  readonly spentIsLowerBound: boolean;
  /** 0 once it is over. */
  readonly left: number;
  readonly spentPercent: number;
  readonly level: BudgetLevel;
  /** At the present rate; `null` where nothing was spent lately. */
  readonly spentPerHour: number | null;
  readonly minutesLeft: number | null;
  /** When it begins anew by itself, in ISO 8601. */
  readonly beginsAnewAt: string | null;
  /** Whether an agent is stopped at the limit. */
  readonly stops: boolean;
}

/** What is told is paid for, too. */
const mostReported = 12;

/** @param standings those of the session that asks, or of all that were active lately; paused ones are left out */
export function reportOn(standings: readonly Standing[]): BudgetReport {
  const byPressure = standings
    .filter(({ budget }) => !budget.isPaused)
    .toSorted((a, b) => pressure(b) - pressure(a));
  return { advice: adviceOn(byPressure[0]), budgets: byPressure.slice(0, mostReported).map(toReported) };
}

/** Grows with the level, and within one with the share that is spent. */
function pressure(standing: Standing): number {
  return 1_000 * budgetLevels.indexOf(standing.level) + Math.min(spentPercent(standing), 999);
}

function adviceOn(worst: Standing | undefined): string {
  if (worst === undefined) return 'No budget is set for this work.';
  const state = `${spentPercent(worst)} % of the ${perOf(worst.budget)} budget is spent`;
  switch (worst.level) {
    case 'within':
      return `Go on: ${state}, no budget is near its limit.`;
    case 'near':
      return `Be sparing: ${state}.`;
    case 'wrapUp':
      return `Conclude now: ${state}. Finish the step at hand, begin nothing new, and say what is left to do.`;
    case 'over':
      return `Stop: ${state}. Ask the user whether to go on.`;
  }
}

function toReported(standing: Standing): ReportedBudget {
  const { budget, session, limit, spent, ratePerHour, leftMs, nextResetMs } = standing;
  const inUnits = (amount: Amount) => toUnits(amount, budget.unit);
  const only = plainScope(budget.scope);
  return {
    per: perOf(budget),
    ...(session !== null && { agent: session.agent }),
    unit: unitNames[budget.unit],
    ...(only !== null && { only }),
    limit: inUnits(limit),
    spent: inUnits(spent),
    spentIsLowerBound: standing.isLowerBound,
    left: inUnits(limit > spent ? limit - spent : 0n),
    spentPercent: spentPercent(standing),
    level: standing.level,
    spentPerHour: ratePerHour === null ? null : inUnits(ratePerHour),
    minutesLeft: leftMs === null ? null : Math.floor(leftMs / 60_000),
    beginsAnewAt: nextResetMs === null ? null : new Date(nextResetMs).toISOString(),
    stops: budget.stops,
  };
}

/** Whole percents, rounded down: 100 is reached with the limit and not before. */
function spentPercent({ spent, limit }: Standing): number {
  if (limit > 0n) return Number((100n * spent) / limit);
  return spent > 0n ? 100 : 0;
}

function perOf({ span }: Budget): string {
  if (span.kind === 'session') return 'session';
  return span.kind === 'calendar' ? span.unit : `${span.hours} h`;
}

const unitNames: Readonly<Record<BudgetUnit, string>> = {
  list: 'US dollars at list price',
  paid: 'US dollars paid by the token',
  plan: 'US dollars that use under a plan would cost at list price',
  tokens: 'tokens',
  credits: 'credits of the plan',
  planShare: "percent of the plan's window",
};

/** Parts of the smallest amount in what people count in, see `Amount`. */
const unitParts: Readonly<Record<BudgetUnit, bigint>> = {
  list: 10n ** 12n,
  paid: 10n ** 12n,
  plan: 10n ** 12n,
  tokens: 1n,
  credits: 10n ** 10n,
  planShare: 10n ** 4n,
};

/** At most four places: what is told is for judging by, not for adding up. */
function toUnits(amount: Amount, unit: BudgetUnit): number {
  return Math.round((Number(amount) / Number(unitParts[unit])) * 1e4) / 1e4;
}

function plainScope({ agent, project, model }: BudgetScope): BudgetScope | null {
  const [plainProject, plainModel] = [toTitle(project ?? ''), toTitle(model ?? '')];
  const scope: BudgetScope = {
    ...(agent !== undefined && { agent }),
    ...(plainProject !== undefined && { project: plainProject }),
    ...(plainModel !== undefined && { model: plainModel }),
  };
  return Object.keys(scope).length === 0 ? null : scope;
}
