/**
 * How fast is spent now. What was spent counts for nothing at first, most after five minutes, and fades: so neither a
 * burst nor its end makes the rate jump.
 */

/** The weight of what was spent Δ ago is Δ/τ² × e^(−Δ/τ), which adds up to 1 over all times. */
const tauMs = 5 * 60_000;

/** What is older has no weight to speak of. */
export const rateWindowMs = 10 * tauMs;
/** After so long without any spending there is no rate. */
const goneMs = 4 * tauMs;
/** After so long a new run of work begins, in which the past has no say. */
const pauseMs = 6 * tauMs;

export interface Spending {
  readonly atMs: number;
  /** In the smallest part of a unit. */
  readonly amount: number;
}

/**
 * The part of all weight that a run of work can have by now is what it is measured by, or each run would begin as if it
 * were slow. Below a time of τ it is that of τ, or it would begin with a jump.
 *
 * @param spending of the last {@link rateWindowMs}, in any order
 * @returns amount an hour; `null` where nothing was spent lately
 */
export function ratePerHour(spending: readonly Spending[], nowMs: number): number | null {
  const run = presentRun(spending.filter(({ atMs }) => atMs <= nowMs));
  const [first, last] = [run.at(0), run.at(-1)];
  if (first === undefined || last === undefined || nowMs - last.atMs >= goneMs) return null;
  const weighed = run.reduce((sum, { atMs, amount }) => sum + amount * weight((nowMs - atMs) / tauMs), 0);
  const rate = weighed / weightUntil(Math.max(1, (nowMs - first.atMs) / tauMs));
  return (rate / tauMs) * 3_600_000;
}

/** Oldest first, and in one order whatever order they came in. */
function presentRun(spending: readonly Spending[]): readonly Spending[] {
  const sorted = spending.toSorted((a, b) => a.atMs - b.atMs || a.amount - b.amount);
  const begin = sorted.findLastIndex(({ atMs }, index) => atMs - (sorted[index - 1]?.atMs ?? atMs) > pauseMs);
  return sorted.slice(Math.max(0, begin));
}

function weight(taus: number): number {
  return taus * Math.exp(-taus);
}

function weightUntil(taus: number): number {
  return 1 - (1 + taus) * Math.exp(-taus);
}
