/** Reading values of which nothing is known. */

/** `undefined` where there is no such field, or nothing that could have one. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** @returns `null` for anything but a whole number from zero on */
export function countAt(value: unknown, path: readonly string[]): number | null {
  const found = path.reduce(fieldOf, value);
  return Number.isSafeInteger(found) && (found as number) >= 0 ? (found as number) : null;
}
