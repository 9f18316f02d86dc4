/** What a window remembers to draw from when it opens again, before the ledger answers. */

export interface Snapshot {
  /** Start of the day that the description is of, in milliseconds since 1970 UTC. */
  readonly dayStartMs: number;
  /**
   * What stood beside the view's title, as it was shown: to write numbers anew takes longer than the extension host may
   * be kept while a window opens.
   */
  readonly description: string;
  readonly hasSessions: boolean;
  /** The model that an agent used last. */
  readonly lastModel: string | undefined;
}

/** @returns `undefined` for anything that this version did not store: it may be old or damaged */
export function toSnapshot(stored: unknown): Snapshot | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { dayStartMs, description, hasSessions, lastModel } = stored as Record<string, unknown>;
  if (typeof dayStartMs !== 'number' || typeof description !== 'string') return undefined;
  if (typeof hasSessions !== 'boolean') return undefined;
  return {
    dayStartMs,
    description,
    hasSessions,
    lastModel: typeof lastModel === 'string' ? lastModel : undefined,
  };
}
