/** What receipts teach about estimates: a factor for a family of models, and how far off it leaves them. */

import { isOfProject } from '../domain/project.ts';
import { quantile } from '../domain/quantile.ts';
import type { Variance } from '../domain/variance.ts';
import type { Estimate } from './estimate.ts';
import { wholePercent } from './margin.ts';

export interface Calibration {
  /** Tokens as billed for one token of the family's estimate. */
  readonly factor: number;
  /** See `Estimate.errorShare`; `null` while there are too few receipts to measure it. */
  readonly errorShare: number | null;
  /** How many receipts it stands on. */
  readonly receipts: number;
  /** How many of them are of the project that was asked for. */
  readonly receiptsOfProject: number;
}

/** As {@link Calibration}, of receipts that are all the same to it. */
type Fit = Omit<Calibration, 'receiptsOfProject'>;

type Compared = Pick<Variance, 'estimatedTokens' | 'billedTokens'>;

/** A text of all kinds, by whose estimate it shows that the rules of a family have changed. It must never change. */
export const yardstick = [
  'The quick brown fox jumps over the lazy dog, while 1234567890 sheep are counted twice.',
  'export async function readAll(paths: readonly string[]): Promise<Map<string, number>> {',
  '\treturn new Map(await Promise.all(paths.map(async (path) => [path, (await stat(path)).size] as const)));\n}',
  '{"id":"a41f-77","at":"2026-01-02T03:04:05.678Z","values":[0.125,-17,null,true],"note":"ÄÖÜ ñ é œ"}',
  '天地玄黃 宇宙洪荒 いろはにほへと ちりぬるを 안녕하세요 Привет мир نص عربي हिन्दी 🙂🚀 MAX_VALUE',
].join('\n');

/** So many tokens speak for the ground before any receipt does. */
const priorTokens = 1_500;
/** A receipt counts as so many estimated tokens at most, or one large file would outvote all others. */
const mostTokens = 1_500;
/** What is further off than this had something in it that the log does not show, and is taken for this far. */
const lowestRatio = 0.5;
const highestRatio = 2.5;
/** So is what is off by more than this from what most others say: it is set aside. */
const mostDeviation = 1.5;
/** The weight of a receipt halves with as many newer ones. */
const halfLife = 60;
const coveredShare = 0.9;

/**
 * What a project's own receipts say, on the ground of what those of all other projects say: texts of one project are
 * alike.
 *
 * @param newestFirst additions of one family of models, on one scale
 */
export function calibrate(newestFirst: readonly Variance[], projectPath: string | null): Calibration {
  const own = newestFirst.filter((variance) => isOfProject(variance.projectPath, projectPath));
  const others = newestFirst.filter((variance) => !isOfProject(variance.projectPath, projectPath));
  const ground = fit(others);
  const { factor, errorShare, receipts } = fit(own, ground.factor);
  return {
    factor,
    errorShare: errorShare ?? fit(newestFirst).errorShare,
    receipts: ground.receipts + receipts,
    receiptsOfProject: receipts,
  };
}

/** @param ground the factor that holds while there are no receipts */
export function fit(newestFirst: readonly Compared[], ground = 1): Fit {
  const all = newestFirst.map(weigh);
  const centre = medianRatio([...all, { ratio: ground, weight: priorTokens }]);
  const kept = all.filter(({ ratio }) => ratio <= centre * mostDeviation && ratio >= centre / mostDeviation);
  const weight = priorTokens + sum(kept.map((receipt) => receipt.weight));
  const billed = priorTokens * ground + sum(kept.map((receipt) => receipt.weight * receipt.ratio));
  // Each receipt is held against what the others would have made of it.
  const residuals = kept.map((receipt) => {
    const byOthers = (billed - receipt.weight * receipt.ratio) / (weight - receipt.weight);
    return Math.abs(receipt.ratio / byOthers - 1);
  });
  return {
    factor: billed / weight,
    errorShare: quantile(residuals, coveredShare),
    receipts: kept.length,
  };
}

interface Weighed {
  readonly ratio: number;
  readonly weight: number;
}

function weigh({ estimatedTokens, billedTokens }: Compared, index: number): Weighed {
  const ratio = billedTokens / estimatedTokens;
  return {
    ratio: Math.min(Math.max(ratio, lowestRatio), highestRatio),
    weight: Math.min(estimatedTokens, mostTokens) * 2 ** (-index / halfLife),
  };
}

/** Where half of the weight lies on either side. */
function medianRatio(receipts: readonly Weighed[]): number {
  const all = receipts.toSorted((a, b) => a.ratio - b.ratio);
  const half = sum(all.map(({ weight }) => weight)) / 2;
  let below = 0;
  for (const { ratio, weight } of all) {
    below += weight;
    if (below >= half) return ratio;
  }
  return 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Not even the best calibration makes a count exact. */
const leastErrorShare = 0.01;

export interface CalibratedText {
  /** Whether no part of the text was guessed at. */
  readonly isExactCount: boolean;
  /** See `excessShareOf`. */
  readonly excessShare: number;
}

/** Receipts take the place of the margin for what they are of; what a text has beyond that stays in doubt. */
export function applyCalibration(
  estimate: Estimate,
  { factor, errorShare }: Pick<Fit, 'factor' | 'errorShare'>,
  { isExactCount, excessShare }: CalibratedText,
): Estimate {
  const cold = estimate.errorShare;
  const measured =
    errorShare === null ? cold : wholePercent(Math.hypot(Math.max(errorShare, leastErrorShare), excessShare));
  return {
    ...estimate,
    tokens: Math.round(estimate.tokens * factor),
    errorShare: isExactCount ? measured : Math.max(measured, cold),
  };
}
