/** Tokens in the classes that every program tells apart. */

import type { TokenCounts } from '../../src/domain/tokens.ts';

/** Writes to the cache are one class: few programs know for how long. Output holds the reasoning. */
export const commonClasses = ['uncachedInput', 'cacheRead', 'cacheWrite', 'output'] as const;

export type CommonClass = (typeof commonClasses)[number];

export type CommonTokens = Readonly<Record<CommonClass, number>>;

export const noCommonTokens: CommonTokens = { uncachedInput: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

/** What the log does not tell adds nothing. */
export function toCommonTokens(tokens: TokenCounts): CommonTokens {
  const { cacheWrite5m, cacheWrite1h, cacheWriteUnknown } = tokens;
  return {
    uncachedInput: tokens.uncachedInput ?? 0,
    cacheRead: tokens.cacheRead ?? 0,
    cacheWrite: (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0) + (cacheWriteUnknown ?? 0),
    output: tokens.output ?? 0,
  };
}

export function plus(a: CommonTokens, b: CommonTokens): CommonTokens {
  return combine(a, b, (x, y) => x + y);
}

export function minus(a: CommonTokens, b: CommonTokens): CommonTokens {
  return combine(a, b, (x, y) => x - y);
}

/** The larger count of each class by itself. */
export function largest(a: CommonTokens, b: CommonTokens): CommonTokens {
  return combine(a, b, Math.max);
}

export function isNone(tokens: CommonTokens): boolean {
  return commonClasses.every((name) => tokens[name] === 0);
}

export function sumOf(tokens: CommonTokens): number {
  return commonClasses.reduce((sum, name) => sum + tokens[name], 0);
}

function combine(a: CommonTokens, b: CommonTokens, join: (x: number, y: number) => number): CommonTokens {
  return {
    uncachedInput: join(a.uncachedInput, b.uncachedInput),
    cacheRead: join(a.cacheRead, b.cacheRead),
    cacheWrite: join(a.cacheWrite, b.cacheWrite),
    output: join(a.output, b.output),
  };
}
