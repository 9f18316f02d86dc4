/** Calendar periods in the user's time zone, right across changes to and from summer time. */

import { Temporal } from 'temporal-polyfill';

export type PeriodUnit = 'day' | 'week' | 'month';

/** A span of time, in milliseconds since 1970 UTC: from `startMs` up to but not including `endMs`. */
export interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

export interface Calendar {
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** First day of the week: 1 is Monday, 7 is Sunday. */
  readonly weekStart: number;
}

/**
 * The day, week or month that holds `atMs`. A day is as long as the zone makes it (23 to 25 hours, or less where a
 * zone skipped hours), and begins at the first instant of its date even where midnight does not exist.
 */
export function periodAt(unit: PeriodUnit, atMs: number, calendar: Calendar): Period {
  const date = Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDate();
  const first = firstDate(unit, date, calendar.weekStart);
  const next = first.add(lengths[unit]);
  return { startMs: startOf(first, calendar), endMs: startOf(next, calendar) };
}

const lengths = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const;

function firstDate(unit: PeriodUnit, date: Temporal.PlainDate, weekStart: number): Temporal.PlainDate {
  if (unit === 'day') return date;
  if (unit === 'month') return date.with({ day: 1 });
  return date.subtract({ days: (date.dayOfWeek - weekStart + 7) % 7 });
}

function startOf(date: Temporal.PlainDate, calendar: Calendar): number {
  return date.toZonedDateTime(calendar.timeZone).epochMilliseconds;
}
