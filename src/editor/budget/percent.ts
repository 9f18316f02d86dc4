/** Shares of a limit that somebody typed. */

/** As typed, such as `80` or `80%`; `undefined` for what is no whole number from `least` to 100. */
export function parsePercent(text: string, least: number): number | undefined {
  const percent = Number(/^\s*(\d{1,3})\s*%?\s*$/.exec(text)?.[1]);
  return percent >= least && percent <= 100 ? percent : undefined;
}
