/** How alike two names of models are, to put the likeliest first. A likeness suggests a price and never applies one. */

/**
 * By the words and numbers that both names have: `claude-sonnet-5-6` is more like `claude-sonnet-5-5` than like
 * `claude-opus-5-6`, as an earlier part of a name says more than a later one.
 *
 * @returns from 0 for names without a part in common to 1 for names of the same parts
 */
export function likeness(a: string, b: string): number {
  const [partsA, partsB] = [partsOf(a), partsOf(b)];
  const common = weigh(partsA, new Set(partsB)) + weigh(partsB, new Set(partsA));
  const all = weigh(partsA) + weigh(partsB);
  return all === 0 ? 0 : common / all;
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
}

/** The weight of the parts that are `among` others: each counts less than the one before. */
function weigh(parts: readonly string[], among: ReadonlySet<string> = new Set(parts)): number {
  return parts.reduce((sum, part, index) => sum + (among.has(part) ? 1 / (index + 1) : 0), 0);
}
