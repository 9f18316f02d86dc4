/** Which use a budget counts. */

import { type Account, creditAgents } from '../domain/account.ts';
import type { AgentId } from '../domain/agent.ts';
import type { BudgetScope, BudgetUnit } from '../domain/budget.ts';
import { isOfProject } from '../domain/project.ts';

/** What of a session decides whether budgets count it. */
export interface Charged {
  readonly agent: AgentId;
  readonly account: Account;
  /** Where it is at work, or the session that started it. */
  readonly projectPath: string | null;
}

/** Whether a unit counts the use of some accounts alone. */
export function needsAccount(unit: BudgetUnit): boolean {
  return unit !== 'list' && unit !== 'tokens';
}

/** Whether a session is at work where the budget counts, whatever it pays with and whatever model it asks. */
export function isInScope({ agent, project }: BudgetScope, session: Charged): boolean {
  if (agent !== undefined && agent !== session.agent) return false;
  return project === undefined || isOfProject(session.projectPath, project);
}

/** Whether what a session uses is of the kind that the unit counts. */
export function countsUseOf(
  unit: BudgetUnit,
  { account, agent }: Pick<Charged, 'account' | 'agent'>,
): boolean {
  switch (unit) {
    case 'list':
    case 'tokens':
      return true;
    case 'paid':
      return account !== 'plan';
    case 'plan':
    case 'planShare':
      return account === 'plan';
    case 'credits':
      return account === 'plan' && creditAgents.includes(agent);
  }
}
