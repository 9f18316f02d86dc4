/** Which parts of a prompt count, after what the user decided of some. */

import type { Part } from './parts.ts';

/** A part as far as it matters here. */
type Choosable = Pick<Part, 'id' | 'path' | 'reason' | 'isSent'>;

/**
 * The ids of the parts that count. What a file imports comes and goes with it, unless the user decided of it by itself.
 *
 * @param choices by the ids of parts
 */
export function includedParts(
  parts: readonly Choosable[],
  choices: Readonly<Record<string, boolean>>,
): ReadonlySet<string> {
  const included = new Set<string>();
  const isIncluded = (part: Choosable, asking: ReadonlySet<string>): boolean => {
    const chosen = choices[part.id];
    if (chosen !== undefined) return chosen;
    const { reason } = part;
    if (!part.isSent || reason.kind !== 'imported' || asking.has(part.id)) return part.isSent;
    const importers = parts.filter(({ path }) => path === reason.by);
    const further = new Set([...asking, part.id]);
    return importers.length === 0 || importers.some((importer) => isIncluded(importer, further));
  };
  for (const part of parts) if (isIncluded(part, new Set())) included.add(part.id);
  return included;
}
