/** Reading the amount of a budget, as somebody typed it. */

/** More than anyone means, and few enough digits to be written without an exponent. */
const maxBudgetDollars = 1_000_000;
const decimals = 6;

export type BudgetInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'dollars'; readonly dollars: number }
  | { readonly kind: 'invalid' };

/** A comma is refused, as it parts thousands in one country and cents in another. */
export function parseBudget(text: string): BudgetInput {
  const amount = text.trim().replace(/^\$\s*/, '');
  if (amount === '') return { kind: 'none' };
  const dollars = Number(amount);
  return /^\d*\.?\d{1,6}$/.test(amount) && isAmount(dollars)
    ? { kind: 'dollars', dollars }
    : { kind: 'invalid' };
}

function isAmount(dollars: number): boolean {
  return dollars >= 10 ** -decimals && dollars <= maxBudgetDollars;
}
