import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FixtureSet, fixtureSets, writeFixtureHome } from '../compare/fixtureHome.ts';
import type { Row } from '../compare/rows.ts';
import { withTemporaryFolder } from '../harness/isolation.ts';
import { root } from '../harness/layout.ts';
import { expectedSpent } from './comparison.ts';

const program = join(root, 'test', 'compare', 'run.ts');
const execute = promisify(execFile);

/** What `npm run compare -- --json` prints of a home folder. */
async function compare(home: string): Promise<{ readonly rows: readonly Row[]; readonly notes: string }> {
  const { stdout, stderr } = await execute(process.execPath, [program, '--home', home, '--json']);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { rows: lines.map((line) => JSON.parse(line)), notes: stderr };
}

/** Sums over the models of a set, as the fixtures give them. */
function expected({ fixtures }: FixtureSet) {
  const spends = fixtures.flatMap((fixture) =>
    Object.entries(expectedSpent(fixture)).flatMap(([sessionId, models]) =>
      Object.entries(models).map(([model, { partial, webSearches: _, ...counts }]) => ({
        ...{ sessionId, model: model === '' ? null : model },
        ...counts,
        partialReceipts: partial,
      })),
    ),
  );
  const refused = fixtures.flatMap((fixture) => Object.values(fixture.refused ?? {}));
  return { spends: inOrder(spends), refused: sumOf(refused) };
}

function actual(rows: readonly Row[], { agent }: FixtureSet) {
  const own = rows.filter((row) => row.agent === agent);
  const spends = own.flatMap((row) => {
    const { agent: _, parentSessionId, day, costPico, pricedPico, unpricedReceipts, refused, ...spend } = row;
    return spend.receipts === 0 ? [] : [spend];
  });
  return { spends: inOrder(spends), refused: sumOf(own.map(({ refused }) => refused)) };
}

function inOrder<Spend extends { readonly sessionId: string | null; readonly model: string | null }>(
  spends: readonly Spend[],
): readonly Spend[] {
  return spends.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

function nameOf(spend: { readonly sessionId: string | null; readonly model: string | null }): string {
  return `${spend.sessionId} ${spend.model}`;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('npm run compare', function () {
  this.timeout(60_000);

  it('prints what the fixtures of every agent add up to', () =>
    withTemporaryFolder(async (home) => {
      writeFixtureHome(home);
      const { rows } = await compare(home);
      for (const set of fixtureSets) assert.deepEqual(actual(rows, set), expected(set), set.agent);
      assert.deepEqual(
        new Set(rows.map(({ agent }) => agent)),
        new Set(fixtureSets.map(({ agent }) => agent)),
      );
    }));

  it('prints nothing of a home without logs, and says so', () =>
    withTemporaryFolder(async (home) => {
      const { rows, notes } = await compare(home);
      assert.deepEqual(rows, []);
      assert.match(notes, /No log in .* tells of any use/);
    }));
});
