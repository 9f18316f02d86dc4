/** The time in the ids of threads and turns, which no copy rewrites. */

const version7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** When an id was made, in milliseconds since 1970 UTC; `null` when it is no UUID of version 7. */
export function idTime(id: string): number | null {
  const match = version7.exec(id);
  return match === null ? null : Number.parseInt(`${match[1]}${match[2]}`, 16);
}
