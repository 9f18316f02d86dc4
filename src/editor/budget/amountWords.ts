/** Amounts of budgets in words: what is spent, of what, and how long the rest will last. */

import { l10n } from 'vscode';
import { type Amount, type BudgetUnit, lasts, type Standing } from '../../domain/budget.ts';
import { pico } from '../../domain/money.ts';
import type { Format } from '../format.ts';
import { amountInput, roundUp } from './amounts.ts';
import { roundTimeLeft } from './timeLeft.ts';

/** With its unit: `$4.10`, `1.2M tokens`, `45% of the plan`. */
export function amountText(amount: Amount, unit: BudgetUnit, format: Format): string {
  const number = numberText(amount, unit, format);
  switch (unit) {
    case 'tokens':
      return l10n.t('{0} tokens', number);
    case 'credits':
      return l10n.t('{0} credits', number);
    case 'planShare':
      return l10n.t('{0} of the plan', number);
    default:
      return number;
  }
}

/** Whether it is a share of a plan of which its agent has told nothing yet. */
export function isUnreported({ budget, asOfMs }: Standing): boolean {
  return budget.unit === 'planShare' && asOfMs === null;
}

/** `$3.20 of $10.00`, with `≥` where what was spent is a lower bound. */
export function spentOfLimit(standing: Standing, format: Format): string {
  const { budget, spent, isLowerBound } = standing;
  const all = limitText(standing, format);
  if (isUnreported(standing)) return l10n.t('nothing reported yet of {0}', all);
  const number = numberText(spent, budget.unit, format);
  return l10n.t('{0} of {1}', isLowerBound ? `≥${number}` : number, all);
}

/** The same for screen readers. */
export function spokenSpent(standing: Standing, format: Format): string {
  if (isUnreported(standing)) return spentOfLimit(standing, format);
  const { budget, spent, isLowerBound } = standing;
  const number = numberText(spent, budget.unit, format);
  const all = limitText(standing, format);
  return isLowerBound
    ? l10n.t('at least {0} of {1} spent', number, all)
    : l10n.t('{0} of {1} spent', number, all);
}

/** A percentage of a percentage would be less than is meant. */
function limitText({ budget, limit }: Standing, format: Format): string {
  const text = amountText(limit, budget.unit, format);
  return budget.unit === 'planShare' ? l10n.t('at most {0}', text) : text;
}

/** How much of the limit is spent; a limit of nothing is spent by anything. */
export function sharePercent({ spent, limit }: Pick<Standing, 'spent' | 'limit'>): number {
  if (limit <= 0n) return spent > 0n ? 100 : 0;
  return Number((spent * 100n) / limit);
}

/** The time until it is spent; `null` where that is not known, or it lasts at the present rate. */
export function leftOf(standing: Standing, nowMs: number): number | null {
  return lasts(standing, nowMs) ? null : standing.leftMs;
}

/** `42 min left`; `undefined` where it is not known or nothing is left. */
export function leftText(leftMs: number | null, format: Format): string | undefined {
  if (leftMs === null || leftMs <= 0) return undefined;
  const { count, unit } = roundTimeLeft(leftMs);
  return l10n.t('{0} left', format.span(count, unit));
}

/** The same for screen readers; nothing where it is not known. */
export function spokenLeft(leftMs: number | null, format: Format): readonly string[] {
  if (leftMs === null || leftMs <= 0) return [];
  const { count, unit } = roundTimeLeft(leftMs);
  return [l10n.t('{0} left at the present rate', format.spokenSpan(count, unit))];
}

/**
 * What is spent in an hour, and how that is known.
 *
 * @param windowMs how far back it looks; what was spent last counts the most
 */
export function rateText(perHour: Amount, unit: BudgetUnit, windowMs: number, format: Format): string {
  const window = format.spokenSpan(Math.round(windowMs / 60_000), 'minute');
  return l10n.t('{0} an hour, by the last {1}', amountText(roundUp(perHour), unit, format), window);
}

function numberText(amount: Amount, unit: BudgetUnit, format: Format): string {
  switch (unit) {
    case 'tokens':
      return format.tokens(Number(amount));
    case 'credits':
      return format.tokens(Number(amountInput(amount, unit)));
    case 'planShare':
      return format.share(Number(amount) / 1_000_000);
    default:
      return format.dollars(pico(amount));
  }
}
