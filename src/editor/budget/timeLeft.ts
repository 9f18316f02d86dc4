/** The time until a budget is spent, in steps that are large enough not to jump about. */

import type { TimeUnit } from '../format.ts';

export interface TimeLeft {
  readonly count: number;
  readonly unit: TimeUnit;
}

interface Steps extends TimeLeft {
  /** From so many minutes on. */
  readonly fromMinutes: number;
}

const hour = 60;
const day = 24 * hour;
const minutesOf: Readonly<Record<TimeUnit, number>> = { minute: 1, hour, day };
const steps: readonly Steps[] = [
  { fromMinutes: 2 * day, count: 1, unit: 'day' },
  { fromMinutes: hour, count: 1, unit: 'hour' },
  { fromMinutes: 10, count: 5, unit: 'minute' },
  { fromMinutes: 0, count: 1, unit: 'minute' },
];

/**
 * Whole days from two on, whole hours from one on, then five minutes, and each of the last ten; never less than one.
 *
 * @param before what is shown now: it stays until less is left than it says, or half a step more than it stands for
 */
export function roundTimeLeft(leftMs: number, before?: TimeLeft): TimeLeft {
  const minutes = leftMs / 60_000;
  if (before && stillHolds(before, minutes)) return before;
  const { count, unit } = stepAt(minutes);
  const stepMinutes = count * minutesOf[unit];
  return { count: Math.max(1, Math.floor(minutes / stepMinutes) * count), unit };
}

function stillHolds({ count, unit }: TimeLeft, minutes: number): boolean {
  const shown = count * minutesOf[unit];
  const step = stepAt(shown);
  return minutes >= shown && minutes < shown + 1.5 * step.count * minutesOf[step.unit];
}

function stepAt(minutes: number): Steps {
  return (
    steps.find(({ fromMinutes }) => minutes >= fromMinutes) ?? { fromMinutes: 0, count: 1, unit: 'minute' }
  );
}
