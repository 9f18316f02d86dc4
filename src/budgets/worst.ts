/** Which of several standings decides. */

import { budgetLevels, type Standing } from '../domain/budget.ts';

/** The one of the highest level; of these, the one of which the greatest share is spent. `null` of none. */
export function worstOf(standings: readonly Standing[]): Standing | null {
  return standings.toSorted((a, b) => rankOf(b) - rankOf(a) || compareShares(b, a))[0] ?? null;
}

function rankOf({ level }: Standing): number {
  return budgetLevels.indexOf(level);
}

function compareShares(a: Standing, b: Standing): number {
  const [left, right] = [a.spent * b.limit, b.spent * a.limit];
  return left < right ? -1 : left > right ? 1 : 0;
}
