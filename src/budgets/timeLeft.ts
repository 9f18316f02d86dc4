/** What a rate makes of what is left of a budget. */

import type { Amount, Standing } from '../domain/budget.ts';

const hourMs = 3_600_000;

/** @param rate amount an hour; `null` where nothing was spent lately */
export function timeLeft(
  { limit, spent }: Pick<Standing, 'limit' | 'spent'>,
  rate: number | null,
): Pick<Standing, 'ratePerHour' | 'leftMs'> {
  const perHour: Amount = rate === null ? 0n : BigInt(Math.round(rate));
  if (perHour <= 0n) return { ratePerHour: null, leftMs: null };
  const left = limit > spent ? limit - spent : 0n;
  return { ratePerHour: perHour, leftMs: Number((left * BigInt(hourMs)) / perHour) };
}
