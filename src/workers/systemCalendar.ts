/**
 * The calendar of the person at this machine. A worker asks for it: what the runtime needs to tell the zone takes longer
 * to load than the extension host may be kept.
 */

import type { Calendar } from '../domain/period.ts';

const monday = 1;

/** The system's time zone, and the first day of the week where its locale is spoken: asked for when they are looked at. */
export function systemCalendar(): Calendar {
  let options: Intl.ResolvedDateTimeFormatOptions | undefined;
  const resolved = () => {
    options ??= Intl.DateTimeFormat().resolvedOptions();
    return options;
  };
  return {
    get timeZone() {
      return resolved().timeZone;
    },
    get weekStart() {
      return firstWeekday(resolved().locale);
    },
  };
}

/** First day of the week, 1 for Monday to 7 for Sunday. */
export function firstWeekday(locale: string): number {
  // The standard library's types do not have this method of all supported runtimes yet.
  const described = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
  return described.getWeekInfo?.().firstDay ?? monday;
}
