/** The families that weights are fitted for, and the counts that each learns from. */

import { unitsPerToken } from '../../src/estimator/encoding.ts';
import type { Weights } from '../../src/estimator/weights.ts';
import { byKind, byText, chooseStrictness, fit, type Residual } from './crossValidation.ts';
import { marginFrom } from './margin.ts';
import { type Observation, observationsFor } from './observation.ts';
import { estimateOf } from './ridge.ts';
import type { CounterName, Row } from './row.ts';

/** The vocabulary of Claude 5 is that of 4.7: its counts are left to test with. */
const vocabularies = {
  'claude-3': ['claude-3'],
  'claude-4.7': ['claude-4.7'],
  'gemma-3': ['gemma-3'],
  'llama-3': ['llama-3'],
  'qwen-3': ['qwen-3'],
  'deepseek-3': ['deepseek-3'],
  tekken: ['tekken'],
  /** The average of those that open models are published with. */
  open: ['gemma-3', 'llama-3', 'qwen-3', 'deepseek-3', 'tekken'],
  /** The average of all. */
  any: ['claude-3', 'claude-4.7', 'gemma-3', 'llama-3', 'qwen-3', 'deepseek-3', 'tekken'],
} as const satisfies Readonly<Record<string, readonly CounterName[]>>;

export type FittedName = keyof typeof vocabularies;

export const fittedNames = Object.keys(vocabularies) as readonly FittedName[];

export interface FittedFamily {
  readonly weights: Weights;
  readonly strictness: number;
  /** Errors for texts by weights fitted to the texts of the other parts. */
  readonly texts: readonly Residual[];
  /** Errors for texts by weights fitted to other kinds, or for an average of makers to other makers. */
  readonly kinds: readonly Residual[];
}

export function fitFamily(name: FittedName, rows: readonly Row[]): FittedFamily {
  const observations = observationsOf(name, rows);
  const strictness = chooseStrictness(observations);
  const kinds = unseenMakers(name, rows, strictness) ?? byKind(observations, strictness);
  const perFeature = fit(observations, strictness).map((weight) => Math.round(unitsPerToken * weight));
  return {
    weights: { perFeature, margin: marginFrom(kinds) },
    strictness,
    texts: byText(observations, strictness),
    kinds,
  };
}

function observationsOf(name: FittedName, rows: readonly Row[]): readonly Observation[] {
  return vocabularies[name].flatMap((counter) => observationsFor(counter, rows));
}

/**
 * What an average of vocabularies makes of one that is not among them, for each of its own; `null` for a family that is
 * no average. Kinds of text differ by maker then.
 */
function unseenMakers(
  name: FittedName,
  rows: readonly Row[],
  strictness: number,
): readonly Residual[] | null {
  const counters: readonly CounterName[] = vocabularies[name];
  if (counters.length === 1) return null;
  return counters.flatMap((unseen) => {
    const others = counters.filter((counter) => counter !== unseen);
    const weights = fit(
      others.flatMap((counter) => observationsFor(counter, rows)),
      strictness,
    );
    return observationsFor(unseen, rows).map((observation) => ({
      observation: { ...observation, kind: `${observation.kind} (${unseen})` },
      error: estimateOf(weights, observation.features) / observation.count - 1,
    }));
  });
}
