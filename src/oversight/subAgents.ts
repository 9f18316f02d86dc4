/** What one more sub-agent is likely to spend. */

import { amountOf } from '../budgets/amount.ts';
import type { Amount, BudgetUnit } from '../domain/budget.ts';
import { isOfProject } from '../domain/project.ts';
import { quantile } from '../domain/quantile.ts';
import type { Totals } from '../domain/totals.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { recentSessions } from '../ledger/outlook.ts';
import { sumsBy, treeOf } from '../ledger/sums.ts';
import type { Around } from './around.ts';

const fewestSamples = 8;
const mostSessions = 100;

/** In a unit: the mean of the session's own, else what half of the project's came to; `null` where that is not known. */
export function usualSubAgent(
  db: Database,
  root: number,
  around: Around,
): (unit: BudgetUnit) => Amount | null {
  const own = subAgentTotals(db, [root]);
  const others = own.length > 0 ? [] : projectSubAgents(db, root, around);
  return (unit) => {
    if (unit === 'planShare') return null;
    const amounts = (totals: readonly Totals[]) => totals.map((each) => amountOf(unit, each));
    if (own.length > 0) return mean(amounts(own));
    return others.length < fewestSamples ? null : quantile(amounts(others), 0.5);
  };
}

function projectSubAgents(db: Database, root: number, { nowMs, accounts }: Around): readonly Totals[] {
  const folder = chargedSessions(db, [root], accounts).get(root)?.projectPath ?? null;
  const sessions = recentSessions(db, nowMs).filter(({ project }) => isOfProject(project, folder));
  return subAgentTotals(
    db,
    sessions.slice(0, mostSessions).map(({ id }) => id),
  );
}

/** Of the sub-agents that sessions started themselves, each with all that is below it. */
function subAgentTotals(db: Database, roots: readonly number[]): readonly Totals[] {
  const children = 'SELECT id FROM session WHERE parent IN (SELECT value FROM json_each(?))';
  const ids = db.all<{ id: number }>(children, JSON.stringify(roots)).map(({ id }) => id);
  const rest = 'JOIN tree ON tree.id = counted.session GROUP BY tree.root';
  const sums = sumsBy(db, ['tree.root AS root'], rest, [JSON.stringify(ids)], treeOf);
  return sums.map(({ totals }) => totals);
}

function mean(amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, amount) => sum + amount, 0n) / BigInt(amounts.length);
}
