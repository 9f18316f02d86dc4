/** Reading a rate as somebody typed it. */

const mostDollars = 1_000_000;

/**
 * Dollars per million tokens. A comma is refused, as it parts thousands in one country and cents in another.
 *
 * @returns `null` where nothing was typed and nothing is needed
 */
export function parseRate(text: string, isNeeded: boolean): number | null | 'invalid' {
  const amount = text.trim().replace(/^\$\s*/, '');
  if (amount === '') return isNeeded ? 'invalid' : null;
  const dollars = Number(amount);
  return /^\d*\.?\d{1,6}$/.test(amount) && dollars <= mostDollars ? dollars : 'invalid';
}
