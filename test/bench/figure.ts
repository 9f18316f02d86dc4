/** What a benchmark says: our figure beside a peer's, taken in the same run. */

export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly unit: string;
  readonly peer: number;
  readonly peerName: string;
  /** `ours` over `peer`. */
  readonly ratio: number;
}

export interface Part {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}

type Peers = Readonly<Record<string, readonly number[]>>;

/** One figure a peer, the strongest peer first: of times, bytes and the like the smallest is the strongest. */
export function compare(name: string, unit: string, ours: readonly number[], peers: Peers): Figure[] {
  const our = median(ours);
  return Object.entries(peers)
    .map(([peerName, values]) => ({ peerName, peer: median(values) }))
    .sort((a, b) => a.peer - b.peer)
    .map(({ peerName, peer }) => ({ name, ours: our, unit, peer, peerName, ratio: our / peer }));
}

/** The same of speeds, where more is better: the ratio to the first peer says how many times as fast ours is. */
export function compareSpeeds(name: string, unit: string, ours: readonly number[], peers: Peers): Figure[] {
  return compare(name, unit, ours, peers).reverse();
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('a median of nothing');
  return (upper + lower) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
}
