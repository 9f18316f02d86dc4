/**
 * `npm run fit`: fits the weights of all families to the table of counts, writes them into the product's source, and
 * prints how far off they are on texts and kinds of text that they were not fitted to. The same table gives the same
 * weights.
 */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorShareOf, type Margin } from '../../src/estimator/margin.ts';
import type { Weights } from '../../src/estimator/weights.ts';
import { root } from '../harness/layout.ts';
import { kindResiduals, type Residual } from './crossValidation.ts';
import { type FittedFamily, type FittedName, fitFamily, fittedNames } from './fitted.ts';
import { errorOf, familiarityOf } from './margin.ts';
import { readTable } from './table.ts';

/** Ranges of tokens that coverage is told by. */
const sizes = [
  { from: 0, to: 100 },
  { from: 100, to: 300 },
  { from: 300, to: 1_000 },
  { from: 1_000, to: Number.POSITIVE_INFINITY },
];

const rows = readTable();
const families = fittedNames.map((name) => {
  const family = fitFamily(name, rows);
  report(name, family);
  return [name, family.weights] as const;
});
const path = join(root, 'src/estimator/weights.ts');
writeFileSync(path, source(families));
execFileSync(process.execPath, [
  join(root, 'node_modules/@biomejs/biome/bin/biome'),
  'format',
  '--write',
  path,
]);

function report(name: FittedName, { weights: { margin }, strictness, texts, kinds }: FittedFamily): void {
  console.log(`${name}, strictness ${strictness}`);
  for (const source of new Set(texts.map(({ observation }) => observation.source))) {
    const of = (residuals: readonly Residual[]) =>
      summary(residuals.filter(({ observation }) => observation.source === source));
    console.log(`  ${source}: texts left out ${of(texts)}; kinds left out ${of(kinds)}`);
  }
  const whole = kindResiduals(kinds);
  for (const familiarity of ['familiar', 'unfamiliar', 'strange'] as const) {
    const some = whole.filter((kind) => familiarityOf(kind) === familiarity);
    console.log(`  whole ${familiarity} kinds left out: ${summary(some)}`);
    console.log(
      `    ${some.map(({ observation, error }) => `${observation.kind} ${percent(error)}`).join(', ')}`,
    );
  }
  console.log(`  margin ${JSON.stringify(margin)}`);
  console.log(`    ${sizes.map((size) => coverage(size, margin, kinds)).join(', ')}\n`);
}

/** How wide the margin is for familiar texts of a size, and how many of them are within. */
function coverage(
  { from, to }: (typeof sizes)[number],
  margin: Margin,
  residuals: readonly Residual[],
): string {
  const some = residuals.filter(
    (residual) =>
      familiarityOf(residual) === 'familiar' &&
      residual.observation.count >= from &&
      residual.observation.count < to,
  );
  const marginAt = (tokens: number) => errorShareOf(margin, tokens, tokens * margin.familiarShare);
  const within = some.filter(({ observation, error }) => Math.abs(error) <= marginAt(observation.count));
  return `${from} tokens ±${percent(marginAt(Math.max(from, 30)))} holds ${percent(within.length / some.length)}`;
}

function summary(residuals: readonly Residual[]): string {
  const mean = residuals.reduce((sum, { error }) => sum + Math.abs(error), 0) / residuals.length;
  return `${percent(mean)} on average, nine of ten within ${percent(errorOf(residuals))} (${residuals.length})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function source(families: readonly (readonly [FittedName, Weights])[]): string {
  const head = [
    '/** Written by `npm run fit`; do not edit. Single weights mean little: they make up for one another. */',
    "import type { Margin } from './margin.ts';",
    '',
    'export interface Weights {',
    '/** Units by feature, in the order of `featureNames` of `engine/featureNames.ts`. */',
    'readonly perFeature: readonly number[];',
    'readonly margin: Margin;',
    '}',
    '',
  ].join('\n');
  const entries = families.map(
    ([name, { perFeature, margin }]) =>
      `'${name}': { margin: ${JSON.stringify(margin)}, perFeature: ${JSON.stringify(perFeature)} },`,
  );
  const names = families.map(([name]) => `'${name}'`).join(' | ');
  return `${head}
export type WeightsName = ${names};

export const weights: Readonly<Record<WeightsName, Weights>> = {
${entries.join('\n')}
};
`;
}
