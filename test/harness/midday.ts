/**
 * The name of the time zone, one without summer time, in which it is between 12 and 13 o'clock.
 *
 * Suites that drive a whole VS Code live by the machine's clock, and what they see of a day's budget would be another
 * thing shortly before midnight. Days that end are tested where the clock is given.
 */
export function zoneAtMidday(now: Date): string {
  const hoursWest = now.getUTCHours() - 12;
  // West is positive here, unlike in ISO 8601: https://data.iana.org/time-zones/data/etcetera
  return hoursWest < 0 ? `Etc/GMT${hoursWest}` : `Etc/GMT+${hoursWest}`;
}
