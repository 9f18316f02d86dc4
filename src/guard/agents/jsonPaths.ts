/** What stands deep in a JSON text with comments, by the names that lead there. */

import type { Node } from 'jsonc-parser';
import { addItem, addProperty, memberOf, parseObject } from './jsonEdits.ts';

/** At least one name. */
export type Path = readonly [string, ...string[]];

export function nodeAt(root: Node | null | undefined, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((node, name) => memberOf(node, name), root ?? undefined);
}

/**
 * Adds a value with all that is missing above it.
 *
 * @returns `null` where something else stands there, or where an object would have to be
 */
export function addAt(text: string, path: Path, value: unknown): string | null {
  const root = parseObject(text);
  const depth = path.findIndex((_name, index) => nodeAt(root, path.slice(0, index + 1)) === undefined);
  const name = path[depth];
  const holder = nodeAt(root, path.slice(0, depth));
  if (name === undefined || holder?.type !== 'object') return null;
  const missing = path.slice(depth + 1);
  return addProperty(
    text,
    holder,
    name,
    missing.reduceRight((inner, each) => ({ [each]: inner }), value),
  );
}

/** Adds an item to a list, with the list where there is none. @returns `null` as {@link addAt} does */
export function addItemAt(text: string, path: Path, value: unknown): string | null {
  const list = nodeAt(parseObject(text), path);
  if (list === undefined) return addAt(text, path, [value]);
  return list.type === 'array' ? addItem(text, list, value) : null;
}
