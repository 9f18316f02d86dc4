import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { errorShareOf } from '../../../src/estimator/margin.ts';
import { weights } from '../../../src/estimator/weights.ts';
import type { Residual } from '../../fit/crossValidation.ts';
import { type FittedName, fitFamily } from '../../fit/fitted.ts';
import { familiarityOf } from '../../fit/margin.ts';
import { toTable } from '../../fit/row.ts';
import { readTable, tablePath } from '../../fit/table.ts';

const rows = readTable();
const fitted = new Map<FittedName, ReturnType<typeof fitFamily>>();
function fittedFamily(name: FittedName) {
  const family = fitted.get(name) ?? fitFamily(name, rows);
  fitted.set(name, family);
  return family;
}

function meanError(residuals: readonly Residual[]): number {
  return residuals.reduce((sum, { error }) => sum + Math.abs(error), 0) / residuals.length;
}

const ofPrograms = (residuals: readonly Residual[]) =>
  residuals.filter(({ observation }) => observation.source === 'rosetta');

describe('the table of counts', () => {
  it('is read as it was written, without a word of any text', () => {
    const table = readFileSync(tablePath, 'utf8');
    assert.equal(toTable(rows), table);
    assert.doesNotMatch(table.slice(table.indexOf('\n')), / /);
  });
});

for (const name of ['claude-3', 'claude-4.7', 'gemma-3', 'qwen-3'] as const) {
  describe(`the weights of ${name}`, () => {
    it('are those that the table of counts gives', () => {
      assert.deepEqual(weights[name], fittedFamily(name).weights);
    }).timeout(120_000);

    it('are within 5 % on average for programs they were not fitted to', () => {
      const { texts, kinds } = fittedFamily(name);
      assert.equal(ofPrograms(texts).length, 1741);
      assert.ok(meanError(ofPrograms(texts)) < 0.05, `${meanError(ofPrograms(texts))}`);
      assert.ok(meanError(ofPrograms(kinds)) < 0.05, `${meanError(ofPrograms(kinds))} by kind`);
    }).timeout(120_000);

    it('have a margin that holds nine of ten texts of kinds they were not fitted to', () => {
      const { margin } = weights[name];
      const familiar = fittedFamily(name).kinds.filter((kind) => familiarityOf(kind) === 'familiar');
      for (const [from, to] of [
        [0, 200],
        [200, 1e9],
      ] as const) {
        const some = familiar.filter(
          ({ observation }) => observation.count >= from && observation.count < to,
        );
        const within = some.filter(({ error, observation: { count } }) => {
          return Math.abs(error) <= errorShareOf(margin, count, margin.familiarShare * count);
        });
        const share = within.length / some.length;
        assert.ok(share > 0.86, `${share} from ${from} tokens`);
      }
    }).timeout(120_000);
  });
}

describe('the weights of claude-4.7', () => {
  it('hold for Claude 5, whose counts they were not fitted to', () => {
    const recorded = new Map(rows.map(({ id, counts }) => [id, counts['claude-5']]));
    const residuals = ofPrograms(fittedFamily('claude-4.7').texts).map(({ observation, error }) => {
      const estimate = (1 + error) * observation.count;
      return { observation, error: estimate / (recorded.get(observation.id) ?? 0) - 1 };
    });
    assert.ok(meanError(residuals) < 0.05, `${meanError(residuals)}`);
  }).timeout(120_000);
});
