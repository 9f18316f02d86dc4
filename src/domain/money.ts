/**
 * Money in whole pico-dollars: 1 pico = 10⁻¹² US dollar. A list price of p dollars per million tokens is exactly
 * p × 10⁶ pico per token, so a cost is a sum of integers and is rounded once, when it is shown.
 */

/** An amount of money in pico-dollars. */
export type Pico = bigint & { readonly unit: 'pico-dollar' };

const picosPerDollar = 1_000_000_000_000n;
const picosPerDollarDigits = 12;

/** Marks a whole number of pico-dollars as money. */
export function pico(amount: bigint | number): Pico {
  return BigInt(amount) as Pico;
}

export const noMoney = pico(0n);

/**
 * Reads a decimal number of dollars, exactly.
 *
 * @param text digits with an optional fraction of at most twelve places, such as `0.0628`; no sign, no exponent
 * @throws RangeError when `text` is not such a number
 */
export function parseDollars(text: string): Pico {
  return pico(parseDecimal(text, picosPerDollarDigits));
}

/**
 * The price of one token, from a list price in dollars per million tokens.
 *
 * @param text digits with an optional fraction of at most six places, such as `0.125`
 * @throws RangeError when `text` is finer than one pico-dollar a token, or no number
 */
export function parseRatePerMillion(text: string): Pico {
  return pico(parseDecimal(text, 6));
}

/**
 * Multiplies by a fraction such as 11/10 for a regional surcharge. Where it does not divide, the result is rounded
 * half to even: the only rounding before display.
 */
export function scaleMoney(amount: Pico, numerator: bigint, denominator: bigint): Pico {
  return pico(divideHalfEven(amount * numerator, denominator));
}

/**
 * An amount rounded half to even to `places` decimals, as digits: `1234567000000n` at 2 places is `1.23`.
 * The shape is fit for `Intl.NumberFormat`, which takes decimal strings without losing digits.
 */
export function toDecimalDollars(amount: Pico, places: number): string {
  const unit = 10n ** BigInt(picosPerDollarDigits - places);
  const rounded = divideHalfEven(amount < 0n ? -amount : amount, unit);
  const digits = rounded.toString().padStart(places + 1, '0');
  const sign = amount < 0n && rounded > 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Dollars as a floating number, for charts and ratios only: sums of money stay in {@link Pico}. */
export function toApproximateDollars(amount: Pico): number {
  return Number(amount) / Number(picosPerDollar);
}

function parseDecimal(text: string, places: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[2] ?? '';
  if (match?.[1] === undefined || fraction.length > places) {
    throw new RangeError(`not a decimal number with at most ${places} places: ${text}`);
  }
  return BigInt(match[1] + fraction.padEnd(places, '0'));
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twiceRest = 2n * (dividend % divisor);
  const magnitude = twiceRest < 0n ? -twiceRest : twiceRest;
  const up = magnitude > divisor || (magnitude === divisor && quotient % 2n !== 0n);
  return up ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}
