/** How far off estimates are, from texts and kinds of text whose counts the weights did not see. */

import type { Margin } from '../../src/estimator/margin.ts';
import { kindResiduals, type Residual } from './crossValidation.ts';

/** In tokens: from `large` on a text differs by its kind alone, below `small` chance shows as much. */
const sizes = { small: 100, large: 300 } as const;

/** What a margin promises: nine of ten. */
const promised = 0.9;

/** Languages whose letters hardly any other text is written in: left out, they are as strange as letters can be. */
const strange = /^udhr kor\b|^ratio (?:ar|hi)\b|^names (?:ar|he|hi|bn|th|el)\b/;

/** Other languages, and signs beyond ASCII; all else is code, English and data. */
const unfamiliar = /^udhr (?!eng)|^messages|^names|^(?:corpus|ratio) (?:chinese|japanese|emoji)\b/;

/**
 * @param residuals of texts whose kind was left out as a whole, so that no text vouches for its like
 */
export function marginFrom(residuals: readonly Residual[]): Margin {
  const kinds = kindResiduals(residuals);
  const of = (familiarity: Familiarity) => kinds.filter((kind) => familiarityOf(kind) === familiarity);
  const texts = residuals.filter((residual) => familiarityOf(residual) === 'familiar');
  const large = texts.filter(({ observation }) => observation.count >= sizes.large);
  const small = texts.filter(({ observation }) => observation.count < sizes.small);
  const familiarShare = Math.max(errorOf(of('familiar')), errorOf(large));
  const unfamiliarShare = Math.max(familiarShare, errorOf(of('unfamiliar')));
  const strangeShare = Math.min(1, Math.max(unfamiliarShare, errorOf(of('strange'))));
  const excess = small.map(({ error, observation }) => (error ** 2 - familiarShare ** 2) * observation.count);
  const chanceShare = Math.sqrt(Math.max(0, quantile(excess, promised)));
  return {
    familiarShare: roundUp(familiarShare),
    unfamiliarShare: roundUp(unfamiliarShare),
    strangeShare: roundUp(strangeShare),
    chanceShare: roundUp(chanceShare),
  };
}

type Familiarity = 'familiar' | 'unfamiliar' | 'strange';

export function familiarityOf({ observation }: Residual): Familiarity {
  if (strange.test(observation.kind)) return 'strange';
  return unfamiliar.test(observation.kind) ? 'unfamiliar' : 'familiar';
}

export function errorOf(residuals: readonly Residual[]): number {
  return quantile(
    residuals.map(({ error }) => Math.abs(error)),
    promised,
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function roundUp(share: number): number {
  return Math.ceil(1000 * share) / 1000;
}
