/** Damage to JSON that leaves it JSON: another value in a place, a name twice, nesting without end. */

import type { Random } from '../unit/ledger/random.ts';

/** As text, for some of them no JSON writer would write. */
const values: readonly string[] = [
  'null',
  'true',
  '-1',
  '-0',
  '0.5',
  '1e99',
  '1e400',
  '9007199254740993',
  '99999999999999999999999999',
  '"7"',
  '"-7"',
  '"x"',
  '""',
  '"\\ud800"',
  `"${'x'.repeat(5000)}"`,
  '[]',
  '{}',
  '[null]',
  '[[[[]]]]',
  '[{"usage":{"output_tokens":5}}]',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}},"toString":1,"length":-1}',
];

const deep = `${'[{"a":'.repeat(2000)}1${'}]'.repeat(2000)}`;

type Key = string | number;
type Path = readonly Key[];

/** Marks the place in the text of which the value is another than JSON.stringify would write. */
const mark = '\u0000here\u0000';

/** The same JSON with another value at a place chosen by chance, and which place; `null` where there is none. */
export function withOtherValue(
  json: unknown,
  random: Random,
): { readonly text: string; readonly path: Path } | null {
  const paths = pathsOf(json);
  if (paths.length === 0) return null;
  const path = random.pick(paths);
  const value = random.below(200) === 0 ? deep : random.pick(values);
  const key = path.at(-1);
  const isTwice = random.below(8) === 0 && typeof key === 'string';
  const other = isTwice ? `${JSON.stringify(valueAt(json, path))},${JSON.stringify(key)}:${value}` : value;
  const text = JSON.stringify(replacedAt(json, path, mark)).replace(JSON.stringify(mark), () => other);
  return { text, path };
}

/** The same JSON without the nearest element of a list that the place lies in, or else without the place itself. */
export function withoutRecordAt(json: unknown, path: Path): unknown {
  return removedAt(json, recordPath(path));
}

/** The same JSON with the text of that element, or of the place, rewritten. */
export function withRecordAt(json: unknown, path: Path, rewrite: (text: string) => string): unknown {
  const record = recordPath(path);
  return replacedAt(json, record, JSON.parse(rewrite(JSON.stringify(valueAt(json, record)))));
}

function recordPath(path: Path): Path {
  const depth = path.findLastIndex((key) => typeof key === 'number');
  return depth < 0 ? path : path.slice(0, depth + 1);
}

function pathsOf(json: unknown, base: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [];
  const entries: [Key, unknown][] = Array.isArray(json) ? [...json.entries()] : Object.entries(json);
  return entries.flatMap(([key, value]) => [[...base, key], ...pathsOf(value, [...base, key])]);
}

function valueAt(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<Key, unknown>)[key], json);
}

function replacedAt(json: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const child = replacedAt((json as Record<Key, unknown>)[key], rest, value);
  return Array.isArray(json)
    ? json.with(Number(key), child)
    : { ...(json as Record<Key, unknown>), [key]: child };
}

function removedAt(json: unknown, path: Path): unknown {
  const parent = valueAt(json, path.slice(0, -1));
  const key = path.at(-1);
  const rest = Array.isArray(parent)
    ? parent.toSpliced(Number(key), 1)
    : Object.fromEntries(Object.entries(parent as object).filter(([name]) => name !== key));
  return replacedAt(json, path.slice(0, -1), rest);
}
