/** How far the spending of a budget has come. */

import type { Amount, Budget, BudgetLevel } from '../domain/budget.ts';

/**
 * Nothing spent is within every limit, even one of 0. Of a limit that was raised, the percents are those of the raise, so
 * that who was let go on is not told to conclude at once.
 *
 * @param limit with all that it was raised by
 */
export function levelOf(
  budget: Pick<Budget, 'limit' | 'nearPercent' | 'wrapUpPercent'>,
  limit: Amount,
  spent: Amount,
): BudgetLevel {
  if (spent <= 0n) return 'within';
  if (spent >= limit) return 'over';
  const base = limit > budget.limit ? budget.limit : 0n;
  const isPast = (percent: number) => 100n * (spent - base) >= BigInt(percent) * (limit - base);
  if (isPast(budget.wrapUpPercent)) return 'wrapUp';
  return isPast(budget.nearPercent) ? 'near' : 'within';
}
