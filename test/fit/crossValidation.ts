/** Estimates for texts by weights that were fitted without them. */

import type { Observation } from './observation.ts';
import { estimateOf, type Sums, solve, sumsOf, without } from './ridge.ts';

export interface Residual {
  readonly observation: Observation;
  /** Estimate over count, minus 1. */
  readonly error: number;
}

const folds = 5;

/** Among these the strictness is chosen: 1 is that of the expectations themselves. */
const strictnesses = [0.1, 0.3, 1, 3, 10];

/** Leaves texts out in five parts, by chance that is the same each time. */
export function byText(observations: readonly Observation[], strictness: number): readonly Residual[] {
  return leaveOut(observations, ({ id }) => `${hash(id) % folds}`, strictness);
}

/** Leaves out all texts of a kind together: a programming language, a language, a kind of file. */
export function byKind(observations: readonly Observation[], strictness: number): readonly Residual[] {
  return leaveOut(observations, ({ kind }) => kind, strictness);
}

/** An error that no strictness mends, such as that for letters of which no text is left: it is to tip no scales. */
const hopeless = 0.2;

/** By the mean error over kinds left out and over texts left out. */
export function chooseStrictness(observations: readonly Observation[]): number {
  const loss = (strictness: number) =>
    meanError(byText(observations, strictness)) + meanError(kindResiduals(byKind(observations, strictness)));
  const losses = strictnesses.map((strictness) => ({ strictness, loss: loss(strictness) }));
  return losses.reduce((best, next) => (next.loss < best.loss ? next : best)).strictness;
}

/** Errors of whole kinds: their texts together. */
export function kindResiduals(residuals: readonly Residual[]): readonly Residual[] {
  const groups = groupBy(residuals, ({ observation }) => observation.kind);
  return [...groups.values()].flatMap((group) => {
    const count = group.reduce((sum, { observation }) => sum + observation.count, 0);
    const error = group.reduce((sum, { observation, error }) => sum + observation.count * error, 0) / count;
    return group[0] === undefined ? [] : [{ observation: { ...group[0].observation, count }, error }];
  });
}

export function factorOf(observations: readonly Observation[]): number {
  const weight = ({ texts, count }: Observation) => texts / count ** 1.5;
  const sum = (value: (observation: Observation) => number) =>
    observations.reduce((total, observation) => total + weight(observation) * value(observation), 0);
  return sum(({ tokens, count }) => tokens * count) / sum(({ tokens }) => tokens ** 2);
}

export function fit(observations: readonly Observation[], strictness: number): readonly number[] {
  return solve(sumsOf(observations), factorOf(observations), strictness);
}

function leaveOut(
  observations: readonly Observation[],
  partOf: (observation: Observation) => string,
  strictness: number,
): readonly Residual[] {
  const parts = groupBy(observations, partOf);
  const all = sumsOf(observations);
  return [...parts.values()].flatMap((part) => {
    const left = new Set(part);
    const rest = observations.filter((observation) => !left.has(observation));
    return residualsOf(part, without(all, sumsOf(part)), factorOf(rest), strictness);
  });
}

function residualsOf(
  part: readonly Observation[],
  rest: Sums,
  factor: number,
  strictness: number,
): readonly Residual[] {
  const weights = solve(rest, factor, strictness);
  return part.map((observation) => ({
    observation,
    error: estimateOf(weights, observation.features) / observation.count - 1,
  }));
}

function meanError(residuals: readonly Residual[]): number {
  return (
    residuals.reduce((sum, { error }) => sum + Math.min(hopeless, Math.abs(error)), 0) / residuals.length
  );
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}

/** FNV-1a. */
function hash(id: string): number {
  let value = 0x811c9dc5;
  for (const character of id) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
