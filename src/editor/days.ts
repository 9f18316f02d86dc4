/** Days as the person at this machine has them. */

export type Day = 'today' | 'yesterday' | 'earlier';

/** The day of `atMs` in the system's zone, as seen from `nowMs`. Later days count as today. */
export function dayOf(atMs: number, nowMs: number): Day {
  const now = new Date(nowMs);
  if (atMs >= startOfDay(now, 0)) return 'today';
  return atMs >= startOfDay(now, -1) ? 'yesterday' : 'earlier';
}

export function startOfDay(now: Date, offsetDays: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + offsetDays).getTime();
}
