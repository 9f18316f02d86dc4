/** Limits as people write them, in whole units, and as they are counted, in the smallest part of each. */

import type { Amount, BudgetUnit } from '../domain/budget.ts';
import { parseDollars } from '../domain/money.ts';

const places = 6;
const mostDollars = 1_000_000;
const mostTokens = 10 ** 15;
const mostCredits = 10 ** 9;
const mostPercent = 1_000;

/** A credit stands for a cent. */
const picosPerCredit = 10n ** 10n;
const millionthsPerPercent = 10_000;

/**
 * @param value dollars, tokens, credits or percents
 * @returns `null` where it is no number of them, below 0, or more than anybody means
 */
export function toAmount(unit: BudgetUnit, value: unknown): Amount | null {
  if (typeof value !== 'number' || !(value >= 0)) return null;
  switch (unit) {
    case 'list':
    case 'paid':
    case 'plan':
      return value <= mostDollars ? parseDollars(value.toFixed(places)) : null;
    case 'tokens':
      return value <= mostTokens && Number.isInteger(value) ? BigInt(value) : null;
    case 'credits':
      return value <= mostCredits ? toParts(value, 10 ** places) * (picosPerCredit / 10n ** 6n) : null;
    case 'planShare':
      return value <= mostPercent ? toParts(value, millionthsPerPercent) : null;
  }
}

/** Millionths of a plan's window. Agents may report any number. */
export function toShare(usedPercent: number): Amount {
  return Number.isFinite(usedPercent) ? toParts(usedPercent, millionthsPerPercent) : 0n;
}

function toParts(value: number, parts: number): bigint {
  return BigInt(Math.round(value * parts));
}
