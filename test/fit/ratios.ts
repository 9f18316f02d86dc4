/**
 * Tokens of Claude's for one of `o200k_base`, by kind of text, for kinds that no recorded count of a single text is
 * at hand of: published averages over other texts of the kind. They steer a fit where nothing else does, and no more.
 */

import type { CounterName } from './row.ts';

type Claude = 'claude-3' | 'claude-4.7';

/** By the kind of rows of the sets `corpus` and `names`. */
export const claudeRatios: Readonly<Record<string, Readonly<Record<Claude, number>>>> = {
  prose: { 'claude-3': 1.19, 'claude-4.7': 1.54 },
  typescript: { 'claude-3': 1.27, 'claude-4.7': 1.69 },
  javascript: { 'claude-3': 1.34, 'claude-4.7': 1.69 },
  minified: { 'claude-3': 1.28, 'claude-4.7': 1.64 },
  json: { 'claude-3': 1.22, 'claude-4.7': 1.42 },
  logs: { 'claude-3': 1.07, 'claude-4.7': 1.35 },
  chinese: { 'claude-3': 1.43, 'claude-4.7': 1.55 },
  japanese: { 'claude-3': 1.23, 'claude-4.7': 1.33 },
  emoji: { 'claude-3': 1.44, 'claude-4.7': 1.5 },
  base64: { 'claude-3': 1.27, 'claude-4.7': 1.39 },
  ar: { 'claude-3': 2.11, 'claude-4.7': 2.11 },
  hi: { 'claude-3': 2.44, 'claude-4.7': 2.44 },
};

export function isClaude(name: CounterName): name is Claude {
  return name === 'claude-3' || name === 'claude-4.7';
}
