/** Weighted least squares, pulled towards what is expected where the texts do not tell. */

import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { type FeatureName, featureNames } from '../../src/estimator/engine/featureNames.ts';
import type { Observation } from './observation.ts';

/** The sums that a fit needs of some observations: they add up, and can be taken off again. */
export interface Sums {
  /** Above the diagonal: below it they are the same. */
  readonly products: Float64Array;
  readonly targets: Float64Array;
}

/** How a weight is expected to be before anything was seen. */
interface Expectation {
  readonly mean: number;
  readonly deviation: number;
}

const size = featureNames.length;

/** The relative error of a text of so many tokens, when weights are right: less, the longer it is. */
const usualError = (count: number) => 0.19 / count ** 0.25;

export function sumsOf(observations: readonly Observation[]): Sums {
  const sums = { products: new Float64Array(size * size), targets: new Float64Array(size) };
  for (const { features, count, texts } of observations) {
    const weight = texts / (count * usualError(count)) ** 2;
    for (let row = 0; row < size; row++) {
      const weighted = weight * (features[row] ?? 0);
      if (weighted === 0) continue;
      add(sums.targets, row, weighted * count);
      for (let column = row; column < size; column++) {
        add(sums.products, row * size + column, weighted * (features[column] ?? 0));
      }
    }
  }
  return sums;
}

export function without(all: Sums, some: Sums): Sums {
  return {
    products: all.products.map((value, index) => value - (some.products[index] ?? 0)),
    targets: all.targets.map((value, index) => value - (some.targets[index] ?? 0)),
  };
}

/**
 * @param factor tokens for one of the encoding, all texts together
 * @param strictness how much more than by the deviations the weights are held to what is expected
 */
export function solve(sums: Sums, factor: number, strictness: number): readonly number[] {
  const matrix = new Matrix(size, size);
  const right = new Matrix(size, 1);
  for (const [row, name] of featureNames.entries()) {
    const { mean, deviation } = expectation(name, factor);
    const precision = strictness / deviation ** 2;
    for (let column = row; column < size; column++) {
      const product = (sums.products[row * size + column] ?? 0) + (row === column ? precision : 0);
      matrix.set(row, column, product);
      matrix.set(column, row, product);
    }
    right.set(row, 0, (sums.targets[row] ?? 0) + precision * mean);
  }
  return new CholeskyDecomposition(matrix).solve(right).to1DArray();
}

/** A token of the encoding costs the factor, and all else nothing, give or take. */
function expectation(name: FeatureName, factor: number): Expectation {
  // Vocabularies leave out first what o200k, one of the largest, has few tokens for.
  if (name === 'strangeTokens') return { mean: 1.3 * factor, deviation: 0.5 };
  if (/^(?:plain|digits)\d$|Tokens$/.test(name)) return { mean: factor, deviation: 0.5 };
  return { mean: 0, deviation: countsCharacters.test(name) ? 0.2 : 0.5 };
}

const countsCharacters =
  /Letters|Length|Ascii|Latin|Spaces|wideSigns|^(?:han|kana|hangul|cyrillic|rightToLeft|indic)$/;

export function estimateOf(weights: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}

function add(values: Float64Array, index: number, by: number): void {
  values[index] = (values[index] ?? 0) + by;
}
