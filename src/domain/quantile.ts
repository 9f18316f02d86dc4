/** Bounds from samples that hold for the next one. */

/**
 * The smallest of the samples that the next one, being of their kind, does not exceed in at least `share` of all
 * cases. `null` where there are too few samples to say so: nine of ten take nine samples.
 *
 * @param share above 0 and below 1
 */
export function quantile<Sample extends number | bigint>(
  samples: readonly Sample[],
  share: number,
): Sample | null {
  const rank = Math.ceil(share * (samples.length + 1));
  const sorted = samples.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[rank - 1] ?? null;
}
