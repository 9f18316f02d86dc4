import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addTotals, noTotals } from '../../../src/domain/totals.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { grownReceipts, keepSums } from '../../../src/ledger/grownReceipts.ts';
import {
  hourMs,
  modelTotalsOf,
  type Stretch,
  sessionsIn,
  sumHours,
  totalByModel,
  totalBySession,
  totalOf,
} from '../../../src/ledger/hourly.ts';
import { sumsBy } from '../../../src/ledger/sums.ts';
import { root } from '../../harness/layout.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

const hours = 200;
const firstMs = 1_000 * hourMs;
const resetMs = firstMs + (hours / 2) * hourMs;

/** The same, from the receipts alone. */
function plainTotal(db: Database, { startMs, endMs, since }: Stretch) {
  const rest = 'WHERE at_ms >= ? AND at_ms < ? AND id > ?';
  const later = sumsBy(db, [], rest, [startMs, endMs, since?.lastReceipt ?? 0]);
  const grown = 'WHERE at_ms >= ? AND at_ms < ? AND reset_ms = ?';
  const growth = sumsBy(db, [], grown, [startMs, endMs, since?.atMs ?? 0], '', grownReceipts);
  return [...later, ...growth].map(({ totals }) => totals).reduce(addTotals, noTotals);
}

function plainModelTotals(db: Database, sessions: readonly number[]) {
  const rest = `JOIN model ON model.id = counted.model
    WHERE session IN (SELECT value FROM json_each(?)) GROUP BY session, name`;
  return sumsBy<{ session: number; model: string }>(db, ['session', 'name AS model'], rest, [
    JSON.stringify(sessions),
  ]).map(({ group: { session, model }, totals }) => ({ session, model, totals }));
}

function randomLines(random: Random, count: number): readonly FakeLine[] {
  return Array.from({ length: count }, () => ({
    id: `r${random.below(500)}`,
    request: random.pick(['', 'q']),
    session: random.pick(['s', 't']),
    claim: random.pick(['own', 'sideChain'] as const),
    at: firstMs + random.below(hours * hourMs),
    model: random.pick(['a', 'b', 'unknown']),
    tokens: { output: random.below(1_000), cacheRead: random.pick([null, 5]) },
  }));
}

describe('totals from the sums of hours', function () {
  this.timeout(20_000);
  let world: World;
  let db: Database;
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const random = new Random(seed);
  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const stale = () => db.get<{ count: number }>('SELECT count(*) AS count FROM stale_hour')?.count;
  const always = () => true;
  const modelIds = () => db.all<{ id: number }>('SELECT id FROM model').map(({ id }) => id);

  function assertSame(): void {
    const ends = [0, firstMs, firstMs + 1, firstMs + hourMs, firstMs + hours * hourMs, 4e12];
    for (let round = 0; round < 40; round++) {
      const pick = () => (random.below(3) === 0 ? random.pick(ends) : firstMs + random.below(hours * hourMs));
      const [startMs = 0, endMs = 0] = [pick(), pick()].sort((a, b) => a - b);
      const since = { atMs: resetMs, lastReceipt: random.pick([0, 1, random.below(500)]) };
      const period = random.below(2) === 0 ? { startMs, endMs } : { startMs, endMs, since };
      const byModel = [...totalByModel(db, period).values()].reduce(addTotals, noTotals);
      const bySession = [...totalBySession(db, period).values()].reduce(addTotals, noTotals);
      const chosen = { sessions: sessionsIn(db, period), models: modelIds() };
      const byBoth = totalOf(db, period, chosen);
      const plain = plainTotal(db, period);
      const half = { ...chosen, models: chosen.models.slice(1) };
      const rest = totalOf(db, period, { ...chosen, models: chosen.models.slice(0, 1) });
      assert.deepEqual(addTotals(totalOf(db, period, half), rest), plain);
      assert.deepEqual(totalOf(db, period, { models: half.models }), totalOf(db, period, half));
      assert.deepEqual([totalOf(db, period), byModel, bySession, byBoth], [plain, plain, plain, plain]);
    }
    const sessions = db.all<{ id: number }>('SELECT id FROM session').map(({ id }) => id);
    for (const chosen of [sessions, sessions.slice(1), []]) {
      const text = ({ session, model }: { session: number; model: string }) => `${session} ${model}`;
      const told = new Map(modelTotalsOf(db, chosen).map((sum) => [text(sum), sum.totals]));
      assert.deepEqual(told, new Map(plainModelTotals(db, chosen).map((sum) => [text(sum), sum.totals])));
    }
  }

  it(`are those of the receipts, whatever came, changed or went since (SEED=${seed})`, async () => {
    for (let round = 0; round < 5; round++) {
      world.write(`${round}.log`, toLog(...randomLines(random, 300)));
      await world.scan(db);
      assertSame();
      await sumHours(db, always);
      assertSame();
      if (round === 1) db.write(() => keepSums(db, resetMs));
      db.run('DELETE FROM receipt WHERE id % 97 = ?', round);
      assertSame();
    }
    await sumHours(db, always);
    db.run('UPDATE receipt SET cost_pico = 7, at_ms = at_ms + 90000 WHERE id % 5 = 0');
    assertSame();
    await sumHours(db, always);
    db.run('UPDATE receipt SET session = 1 WHERE id % 3 = 0');
    for (const [session, totals] of totalBySession(db, { startMs: 0, endMs: 4e12 })) {
      assert.deepEqual(totals, sumsBy(db, [], 'WHERE session = ?', [session])[0]?.totals);
    }
  });

  it('know of all receipts that come: one file brings them', () => {
    const files = globSync('src/**/*.ts', { cwd: root });
    const bringing = files.filter((file) => /INTO\s+receipt\b/.test(readFileSync(join(root, file), 'utf8')));
    assert.deepEqual(bringing, [join('src', 'ledger', 'receiptStore.ts')]);
  });

  it('leave few hours unsummed, and all of them until then', async () => {
    world.write('x.log', toLog(...randomLines(random, 1_000)));
    await world.scan(db);
    assert.ok((stale() ?? 0) > 100);
    await sumHours(db, () => false);
    assert.ok((stale() ?? 0) > 100, 'nobody wanted it');
    await sumHours(db, always);
    assert.equal(stale(), 0);
    world.write('y.log', toLog({ id: 'new', at: firstMs }));
    await world.scan(db);
    await sumHours(db, always);
    assert.equal(stale(), 1, 'few are no burden');
    assertSame();
  });

  it('ask for no receipt in an hour that is summed', async () => {
    world.write('x.log', toLog(...randomLines(random, 300)));
    await world.scan(db);
    await sumHours(db, always);
    db.run('DROP TRIGGER receipt_left');
    const before = [totalOf(db, { startMs: 0, endMs: 4e12 }), modelTotalsOf(db, [1, 2])];
    db.run('DELETE FROM receipt');
    assert.deepEqual([totalOf(db, { startMs: 0, endMs: 4e12 }), modelTotalsOf(db, [1, 2])], before);
  });
});
