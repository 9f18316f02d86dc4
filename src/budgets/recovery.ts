/** When a line that was crossed counts as one that may be crossed again. */

import type { Standing } from '../domain/budget.ts';

/** So far below what is near, in percents of the limit, as what moves back and forth on a line does not come. */
const recoveredPercent = 10;

/** Old spending leaves a rolling window, and prices are corrected: what is spent can fall. */
export function hasRecovered({
  budget,
  limit,
  spent,
}: Pick<Standing, 'budget' | 'limit' | 'spent'>): boolean {
  return 100n * spent <= BigInt(Math.max(0, budget.nearPercent - recoveredPercent)) * limit;
}
