/** What a window remembers to draw from when it opens again, before the ledger answers. */

import { pico } from '../domain/money.ts';
import { noTotals, type Totals } from '../domain/totals.ts';

export interface Snapshot {
  /** Start of the day that the totals are of, in milliseconds since 1970 UTC. */
  readonly dayStartMs: number;
  readonly today: Totals;
  readonly hasSessions: boolean;
  /** The model that an agent used last. */
  readonly lastModel: string | undefined;
}

/** For storage that holds JSON. */
export function packSnapshot({ dayStartMs, today, hasSessions, lastModel }: Snapshot): object {
  return { dayStartMs, today: { ...today, cost: String(today.cost) }, hasSessions, lastModel };
}

/** @returns `undefined` for anything that this version did not pack: stored data may be old or damaged */
export function unpackSnapshot(stored: unknown): Snapshot | undefined {
  if (!isObject(stored) || !isObject(stored.today)) return undefined;
  const { dayStartMs, hasSessions, lastModel, today } = stored;
  const isKnown = typeof dayStartMs === 'number' && typeof hasSessions === 'boolean';
  const { cost } = today;
  if (!isKnown || typeof cost !== 'string' || !/^\d+$/.test(cost)) return undefined;
  const totals = { ...today, cost: pico(0n) };
  if (!isShaped(totals, { ...noTotals, cost: pico(0n) })) return undefined;
  return {
    dayStartMs,
    hasSessions,
    today: { ...(totals as unknown as Totals), cost: pico(BigInt(cost)) },
    lastModel: typeof lastModel === 'string' ? lastModel : undefined,
  };
}

/** Whether `value` has every number of `model`, at every depth, and none below zero. */
function isShaped(value: unknown, model: object): boolean {
  if (!isObject(value)) return false;
  return Object.entries(model).every(([name, like]: [string, unknown]) => {
    const part = value[name];
    if (isObject(like)) return isShaped(part, like);
    return typeof part === typeof like && (typeof part !== 'number' || part >= 0);
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
