/** How much a session that was stopped may spend when it is let go on and nobody says how much. */

import type { Amount, Budget } from '../domain/budget.ts';
import { parseDollars } from '../domain/money.ts';

const dollars = parseDollars('5');

/** Five dollars; of units that are no money a fifth of the limit, and never nothing. */
export function usualRelease({ unit, limit }: Pick<Budget, 'unit' | 'limit'>): Amount {
  const isMoney = unit === 'list' || unit === 'paid' || unit === 'plan';
  return isMoney ? dollars : limit / 5n || 1n;
}
