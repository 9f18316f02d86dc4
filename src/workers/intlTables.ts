/**
 * The runtime reads its tables of languages when the first formatter of a kind is made, once a process, and takes ten
 * milliseconds and more for it. A worker does so before the extension host, which may not be kept for so long.
 */

/** @param language a BCP 47 tag, such as `en` */
export function loadIntlTables(language: string): void {
  new Intl.NumberFormat(language).format(0);
  new Intl.NumberFormat(language, { notation: 'compact' }).format(10_000);
  new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format(0);
  new Intl.NumberFormat(language, { style: 'unit', unit: 'minute' }).format(0);
  new Intl.RelativeTimeFormat(language, { style: 'short' }).format(0, 'second');
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(0);
  new Intl.ListFormat(language).format([]);
}
