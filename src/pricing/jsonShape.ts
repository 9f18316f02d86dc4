/** Checks that a JSON value has a shape, strictly: a field too many is refused like one too few. */

/** Returns the value as `T`, or throws a RangeError that begins with `path`. */
export type Shape<T> = (json: unknown, path: string) => T;

type ShapesOf<T> = { readonly [Key in keyof T]: Shape<T[Key]> };

export function text(json: unknown, path: string): string {
  if (typeof json !== 'string') throw new RangeError(`${path}: no string`);
  return json;
}

export function tokens(json: unknown, path: string): number {
  if (!Number.isSafeInteger(json) || Number(json) <= 0) throw new RangeError(`${path}: no number of tokens`);
  return Number(json);
}

/** An instant in UTC, as milliseconds since 1970. */
export function instant(json: unknown, path: string): number {
  const iso = text(json, path);
  const atMs = Date.parse(iso);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(iso) || Number.isNaN(atMs)) {
    throw new RangeError(`${path}: no instant`);
  }
  return atMs;
}

export function exactly<const T>(...values: readonly T[]): Shape<T> {
  return (json, path) => {
    const value = values.find((candidate) => candidate === json);
    if (value === undefined) throw new RangeError(`${path}: not ${values.join(' or ')}`);
    return value;
  };
}

export function nullOr<T>(shape: Shape<T>): Shape<T | null> {
  return (json, path) => (json === null ? null : shape(json, path));
}

export function arrayOf<T>(shape: Shape<T>): Shape<T[]> {
  return (json, path) => {
    if (!Array.isArray(json)) throw new RangeError(`${path}: no list`);
    return json.map((item, index) => shape(item, `${path}[${index}]`));
  };
}

export function recordOf<T>(shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return (json, path) =>
    new Map(Object.entries(object(json, path)).map(([key, value]) => [key, shape(value, `${path}.${key}`)]));
}

/** An object with exactly these fields. */
export function fields<T extends object>(json: unknown, path: string, shapes: ShapesOf<T>): T {
  const values = object(json, path);
  const stranger = Object.keys(values).find((key) => !Object.hasOwn(shapes, key));
  if (stranger !== undefined) throw new RangeError(`${path}.${stranger}: not expected`);
  const entries = Object.entries<Shape<unknown>>(shapes);
  return Object.fromEntries(entries.map(([key, shape]) => [key, shape(values[key], `${path}.${key}`)])) as T;
}

function object(json: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RangeError(`${path}: no object`);
  }
  return json as Readonly<Record<string, unknown>>;
}
