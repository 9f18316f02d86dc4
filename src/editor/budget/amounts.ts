/** Amounts of budgets as somebody types them, and as the settings hold them. */

import type { Amount, BudgetUnit } from '../../domain/budget.ts';

/** What a number of the settings means. */
interface NumberForm {
  /** The smallest parts in one of what people write. */
  readonly parts: bigint;
  /** How many decimals may be written. */
  readonly decimals: number;
  /** More than anyone means, and few enough digits to be written without an exponent. */
  readonly most: number;
}

const dollars: NumberForm = { parts: 10n ** 12n, decimals: 6, most: 1_000_000 };

const forms: Readonly<Record<BudgetUnit, NumberForm>> = {
  list: dollars,
  paid: dollars,
  plan: dollars,
  tokens: { parts: 1n, decimals: 0, most: 10 ** 15 },
  credits: { parts: 10n ** 10n, decimals: 6, most: 10 ** 9 },
  planShare: { parts: 10_000n, decimals: 4, most: 1_000 },
};

const multiples: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/**
 * Reads an amount that somebody typed: `2.50` or `$2.50` of money, `200k` or `1.5M` of tokens, `80` or `80%` of a plan.
 * A comma is refused, as it parts thousands in one country and decimals in another.
 *
 * @returns the number as the settings hold it; `undefined` when it is none, or no limit can be so much
 */
export function parseAmount(text: string, unit: BudgetUnit): number | undefined {
  const match = /^(\d*\.?\d+)([kmb]?)$/i.exec(withoutSign(text.trim(), unit));
  const [, digits = '', suffix = ''] = match ?? [];
  if (match === null || (suffix !== '' && unit !== 'tokens')) return undefined;
  const number = Number((Number(digits) * (multiples[suffix.toLowerCase()] ?? 1)).toFixed(6));
  return isLimit(number, unit) ? number : undefined;
}

function withoutSign(text: string, unit: BudgetUnit): string {
  if (unit === 'planShare') return text.replace(/\s*%$/, '');
  return unit === 'tokens' || unit === 'credits' ? text : text.replace(/^\$\s*/, '');
}

function isLimit(number: number, unit: BudgetUnit): boolean {
  const { decimals, most } = forms[unit];
  return number > 0 && number <= most && Number(number.toFixed(decimals)) === number;
}

/** A number of the settings in the smallest parts of its unit; what is finer than these is rounded. */
export function toAmount(number: number, unit: BudgetUnit): Amount {
  const { parts, decimals } = forms[unit];
  const whole = BigInt(Math.round(number * 10 ** decimals));
  return (whole * parts) / 10n ** BigInt(decimals);
}

/** An amount as {@link parseAmount} reads it, in as few digits as it takes; what is finer than these is rounded up. */
export function amountInput(amount: Amount, unit: BudgetUnit): string {
  const { parts, decimals } = forms[unit];
  const scale = 10n ** BigInt(decimals);
  const scaled = (amount * scale + parts - 1n) / parts;
  const fraction = (scaled % scale).toString().padStart(decimals, '0');
  const isMoney = parts === dollars.parts;
  const shown = decimals === 0 ? '' : fraction.replace(isMoney ? /0{1,4}$/ : /0+$/, '');
  return `${scaled / scale}${shown === '' || (isMoney && /^0+$/.test(shown)) ? '' : `.${shown}`}`;
}

/** To three digits that count, so that it can be read. */
export function roundUp(amount: Amount): Amount {
  const step = 10n ** BigInt(Math.max(0, amount.toString().length - 3));
  return ((amount + step - 1n) / step) * step;
}
