/** The calendar of the person at this machine. */

import type { Calendar } from '../domain/period.ts';

const monday = 1;

/** The system's time zone, and the first day of the week where its locale is spoken. */
export function systemCalendar(): Calendar {
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, weekStart: firstWeekday(locale) };
}

/** First day of the week, 1 for Monday to 7 for Sunday. */
export function firstWeekday(locale: string): number {
  // The standard library's types do not have this method of all supported runtimes yet.
  const described = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
  return described.getWeekInfo?.().firstDay ?? monday;
}

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
