/** Numbers as people read them, in the display language. Sentences are made elsewhere. */

import { type Pico, toDecimalDollars } from '../domain/money.ts';

export type TimeUnit = 'minute' | 'hour' | 'day';

export interface Format {
  /** All digits below ten thousand, three significant ones above: `1,234`, `12.4k`, `1.23M`. */
  tokens(count: number): string;
  /** All digits: `1,234,567`. */
  count(count: number): string;
  /** Cents from a dollar on, three significant digits below, none of a price under a hundredth of a cent. */
  dollars(amount: Pico): string;
  /** A share of one, in percent of two significant digits: `2.4%`. */
  share(share: number): string;
  /** `5 min. ago`; a date once it is a month past. */
  ago(atMs: number, nowMs: number): string;
  /** Date and time of day. */
  moment(atMs: number): string;
  /** The same without the year. */
  shortMoment(atMs: number): string;
  /** Names in one list: `a, b and c`. */
  list(names: readonly string[]): string;
  /** A length of time: `42 min`. */
  span(count: number, unit: TimeUnit): string;
  /** The same for screen readers: `42 minutes`. */
  spokenSpan(count: number, unit: TimeUnit): string;
}

/** Each formatter is made when it is first needed, and kept; see also `workers/intlTables.ts`. */
export function createFormat(language: string): Format {
  const whole = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
  const compact = once(
    () => new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 3 }),
  );
  const percent = once(
    () => new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 2 }),
  );
  const dollars = eachOnce((places: number) => dollarFormat(language, places));
  const relative = once(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }));
  const date = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }));
  const moment = once(() => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }));
  const shortMoment = once(() => new Intl.DateTimeFormat(language, shortMomentParts));
  const list = once(() => new Intl.ListFormat(language, { type: 'conjunction' }));
  const span = eachOnce((unit: TimeUnit) => spanFormat(language, unit, 'short'));
  const spokenSpan = eachOnce((unit: TimeUnit) => spanFormat(language, unit, 'long'));
  return {
    tokens: (count) => (Math.abs(count) < 10_000 ? whole().format(count) : formatCompact(compact(), count)),
    count: (count) => whole().format(count),
    dollars: (amount) => formatDollars(dollars, amount),
    share: (share) => percent().format(share),
    ago: (atMs, nowMs) => formatAgo(relative, date, atMs, nowMs),
    moment: (atMs) => moment().format(atMs),
    shortMoment: (atMs) => shortMoment().format(atMs),
    list: (names) => list().format(names),
    span: (count, unit) => span(unit).format(count),
    spokenSpan: (count, unit) => spokenSpan(unit).format(count),
  };
}

const shortMomentParts = { month: 'short', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;

function once<Thing>(make: () => Thing): () => Thing {
  let made: Thing | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function eachOnce<Key, Thing>(make: (key: Key) => Thing): (key: Key) => Thing {
  const made = new Map<Key, Thing>();
  return (key) => {
    const thing = made.get(key) ?? make(key);
    made.set(key, thing);
    return thing;
  };
}

/** English shortens thousand to a capital K, which is the sign of the kelvin: every price list writes a small one. */
function formatCompact(format: Intl.NumberFormat, count: number): string {
  return format
    .formatToParts(count)
    .map(({ type, value }) => (type === 'compact' && value === 'K' ? 'k' : value))
    .join('');
}

const dollar = 10n ** 12n;
const smallestShown = dollar / 10_000n;

/** @param format the format with so many decimals */
function formatDollars(format: (places: number) => Intl.NumberFormat, amount: Pico): string {
  const magnitude = amount < 0n ? -amount : amount;
  if (magnitude > 0n && magnitude < smallestShown) {
    return `<${format(4).format('0.0001')}`;
  }
  const places = magnitude >= 10_000n * dollar ? 0 : decimalsOf(magnitude);
  // A text of digits keeps those that a number would lose.
  return format(places).format(toDecimalDollars(amount, places) as `${number}`);
}

function decimalsOf(magnitude: bigint): number {
  if (magnitude === 0n || magnitude >= dollar) return 2;
  const leadingZeros = 12 - magnitude.toString().length;
  return 3 + leadingZeros;
}

function dollarFormat(language: string, places: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.min(places, 2),
    maximumFractionDigits: places,
  });
}

function spanFormat(language: string, unit: TimeUnit, unitDisplay: 'short' | 'long'): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay });
}

const spans: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const relativeForSeconds = 30 * 86_400;

function formatAgo(
  relative: () => Intl.RelativeTimeFormat,
  date: () => Intl.DateTimeFormat,
  atMs: number,
  nowMs: number,
): string {
  const seconds = (atMs - nowMs) / 1000;
  if (Math.abs(seconds) >= relativeForSeconds) return date().format(atMs);
  for (const [unit, length] of spans) {
    if (Math.abs(seconds) >= length) return relative().format(Math.trunc(seconds / length), unit);
  }
  return relative().format(0, 'second');
}
