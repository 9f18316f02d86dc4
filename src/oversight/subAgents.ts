/** What one more sub-agent is likely to spend. */

import { amountOf } from '../budgets/amount.ts';
import { matchesModel } from '../budgets/modelPattern.ts';
import type { Amount, Budget } from '../domain/budget.ts';
import { isOfProject } from '../domain/project.ts';
import { quantile } from '../domain/quantile.ts';
import { addTotals, noTotals, type Totals } from '../domain/totals.ts';
import { chargedSessions } from '../ledger/charged.ts';
import type { Database } from '../ledger/database.ts';
import { recentSessions } from '../ledger/outlook.ts';
import { sumsBy, treeOf } from '../ledger/sums.ts';
import type { Around } from './around.ts';

const fewestSamples = 8;
const mostSessions = 100;

/** As a budget counts: the mean of the session's own, else what half of the project's came to; `null` if not known. */
export function usualSubAgent(db: Database, root: number, around: Around): (budget: Budget) => Amount | null {
  const own = subAgentTotals(db, [root]);
  const others = own.length > 0 ? [] : projectSubAgents(db, root, around);
  return ({ unit, scope: { model } }) => {
    if (unit === 'planShare') return null;
    const amounts = (spent: readonly ByModel[]) => spent.map((each) => amountOf(unit, totalOf(each, model)));
    if (own.length > 0) return mean(amounts(own));
    return others.length < fewestSamples ? null : quantile(amounts(others), 0.5);
  };
}

/** What one sub-agent spent, by model as logged. */
type ByModel = readonly (readonly [model: string, totals: Totals])[];

function totalOf(spent: ByModel, pattern: string | undefined): Totals {
  const counted = spent.filter(([model]) => pattern === undefined || matchesModel(pattern, model));
  return counted.map(([, totals]) => totals).reduce(addTotals, noTotals);
}

function projectSubAgents(db: Database, root: number, { nowMs, accounts }: Around): readonly ByModel[] {
  const folder = chargedSessions(db, [root], accounts).get(root)?.projectPath ?? null;
  const sessions = recentSessions(db, nowMs).filter(({ project }) => isOfProject(project, folder));
  return subAgentTotals(
    db,
    sessions.slice(0, mostSessions).map(({ id }) => id),
  );
}

/** Of the sub-agents that sessions started themselves, each with all that is below it. */
function subAgentTotals(db: Database, roots: readonly number[]): readonly ByModel[] {
  const children = 'SELECT id FROM session WHERE parent IN (SELECT value FROM json_each(?))';
  const ids = db.all<{ id: number }>(children, JSON.stringify(roots)).map(({ id }) => id);
  const rest = `JOIN tree ON tree.id = counted.session JOIN model ON model.id = counted.model
    GROUP BY tree.root, model.name`;
  const group = ['tree.root AS root', 'model.name AS name'];
  const sums = sumsBy<{ root: number; name: string }>(db, group, rest, [JSON.stringify(ids)], treeOf);
  const byRoot = new Map<number, (readonly [string, Totals])[]>();
  for (const { group: each, totals } of sums) {
    byRoot.set(each.root, [...(byRoot.get(each.root) ?? []), [each.name, totals]]);
  }
  return [...byRoot.values()];
}

function mean(amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, amount) => sum + amount, 0n) / BigInt(amounts.length);
}
