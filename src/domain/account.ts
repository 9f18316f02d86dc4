/**
 * How the use of an agent is paid for. What use under a plan would cost at list price is not money paid: wherever money is
 * added up for people, the two stand apart.
 */

import type { AgentId } from './agent.ts';
import { addTotals, noTotals, type Totals } from './totals.ts';

/**
 * - `api`: by the token, so that its list price is money paid
 * - `plan`: under a plan, which is paid for as a whole
 * - `untold`: neither the user nor the log says which
 */
export const accounts = ['api', 'plan', 'untold'] as const;

export type Account = (typeof accounts)[number];

/** What the user said of agents; the rest go by what their logs tell. */
export type AccountChoices = Readonly<Partial<Record<AgentId, Exclude<Account, 'untold'>>>>;

/** What a session's log tells of its account. */
export interface AccountEvidence {
  readonly agent: AgentId;
  /** Its log, or that of a session above it, says that it was under a plan. */
  readonly isUnderPlan: boolean;
  /** The agent put a cost of its own to some of its responses, or above it; asked of {@link creditAgents} alone. */
  readonly hasReportedCost: boolean;
}

/** Copilot counts in its plan's credits, and counts none where it uses keys of its user's own. */
export const creditAgents: readonly AgentId[] = ['copilot-cli', 'copilot-chat'];

export function accountOf(evidence: AccountEvidence, choices: AccountChoices): Account {
  const { agent, isUnderPlan, hasReportedCost } = evidence;
  const isPlan = isUnderPlan || (creditAgents.includes(agent) && hasReportedCost);
  return choices[agent] ?? (isPlan ? 'plan' : 'untold');
}

export type TotalsByAccount = Readonly<Record<Account, Totals>>;

export const noTotalsByAccount: TotalsByAccount = { api: noTotals, plan: noTotals, untold: noTotals };

/** All accounts together: right for tokens, and for what all of it would cost at list price. */
export function wholeOf(totals: TotalsByAccount): Totals {
  return accounts.map((account) => totals[account]).reduce(addTotals);
}
