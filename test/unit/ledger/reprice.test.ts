import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../../src/ledger/database.ts';
import type { Pricing } from '../../../src/ledger/pricing.ts';
import { isTried, type Repriced, type RepriceScope, Repricing } from '../../../src/ledger/reprice.ts';
import { tiersOfSums } from '../../../src/ledger/schema.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { Random } from './random.ts';
import { pricingOf } from './repricing.ts';
import { dump, World } from './world.ts';

const program = fileURLToPath(new URL('./repricingProgram.ts', import.meta.url));

function reprice(db: Database, pricing: Pricing, scope: RepriceScope = 'stale'): Repriced {
  const repricing = new Repricing(pricing, scope);
  while (repricing.step(db));
  return repricing.result;
}

describe('repricing', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  /** Ten output tokens of each model, priced as they are read. */
  async function read(pricing: Pricing, ...models: readonly string[]): Promise<void> {
    world.write('x.log', toLog(...models.map((model) => ({ id: model, session: 's', model }))));
    await world.scan(db, undefined, pricing);
  }

  const costs = () =>
    Object.fromEntries(
      db
        .all<{ name: string; cost: number | null }>(
          'SELECT name, cost_pico AS cost FROM receipt JOIN model ON model.id = receipt.model ORDER BY name',
        )
        .map(({ name, cost }) => [name, cost]),
    );

  it('by a later catalogue prices what had no price, and keeps a price once given', async () => {
    await read(pricingOf({ catalogue: { a: 1 } }), 'a', 'b');
    const { changed, newlyPriced } = reprice(db, pricingOf({ version: 'later', catalogue: { a: 7, b: 2 } }));
    assert.deepEqual([changed, newlyPriced, costs()], [1, 1, { a: 10, b: 20 }]);
  });

  it('follows a price of the user that is set, changed and removed', async () => {
    const catalogue = { a: 1, b: 2 };
    await read(pricingOf({ catalogue }), 'a', 'b', 'c');
    reprice(db, pricingOf({ catalogue, own: { a: 5, c: 6 } }));
    assert.deepEqual(costs(), { a: 50, b: 20, c: 60 });
    reprice(db, pricingOf({ catalogue, own: { a: 4, c: 0 } }));
    assert.deepEqual(costs(), { a: 40, b: 20, c: 0 });
    reprice(db, pricingOf({ catalogue }));
    assert.deepEqual(costs(), { a: 10, b: 20, c: null });
  });

  it('takes a price of the user to another catalogue without taking the others along', async () => {
    await read(pricingOf({ catalogue: { a: 1, b: 2 }, own: { a: 5 } }), 'a', 'b');
    reprice(db, pricingOf({ version: 'later', catalogue: { a: 8, b: 9 }, own: { a: 5 } }));
    assert.deepEqual(costs(), { a: 50, b: 20 });
    reprice(db, pricingOf({ version: 'later', catalogue: { a: 8, b: 9 } }));
    assert.deepEqual(costs(), { a: 80, b: 20 });
  });

  it('looks anew for the prices of sums over several requests that an older version stored', async () => {
    const sums: FakeLine[] = [
      { id: '1', model: 'sum', quality: 'sessionTotal' },
      { id: '2', model: 'turn', circumstances: { turnStartedMs: 5 } },
      { id: '3', model: 'long', circumstances: { contextTokens: 7 } },
    ];
    const prices = pricingOf({ catalogue: { sum: 1, turn: 1, long: 1, one: 1 } });
    world.write('x.log', toLog(...sums, { id: '4', model: 'one' }));
    await world.scan(db, undefined, prices);
    reprice(db, prices);
    assert.equal(isTried(db, prices), true);
    for (const statement of tiersOfSums.split(';').filter((each) => each.trim() !== '')) db.run(statement);
    assert.equal(isTried(db, prices), false);
    const known = pricingOf({ catalogue: { sum: 2, turn: 2, one: 2 } });
    reprice(db, known);
    assert.deepEqual(costs(), { long: 10, one: 10, sum: 20, turn: 20 });
  });

  it('tells what chooses the tier of each receipt, of many as of one', async () => {
    const told: unknown[] = [];
    const prices: Pricing = {
      ...pricingOf({ catalogue: {} }),
      price: ({ model, quality, circumstances: { contextTokens, turnStartedMs } }) => {
        told.push([model, quality, contextTokens, turnStartedMs]);
        return null;
      },
    };
    const lines: FakeLine[] = [
      { id: '1', model: 'turn', quality: 'derived', circumstances: { turnStartedMs: 5, contextTokens: 7 } },
      { id: '2', model: 'one' },
    ];
    world.write('x.log', toLog(...lines));
    await world.scan(db, undefined, prices);
    const expected = [
      ['turn', 'derived', 7, 5],
      ['one', 'exact', undefined, undefined],
    ];
    assert.deepEqual(told.splice(0), expected);
    reprice(db, prices);
    assert.deepEqual(told, expected);
  });

  it('of everything takes the catalogue of today, save where it knows no price any more', async () => {
    await read(pricingOf({ catalogue: { a: 1, gone: 3 }, own: { mine: 4 } }), 'a', 'gone', 'mine', 'never');
    const today = pricingOf({ version: 'later', catalogue: { a: 2 } });
    const repriced = reprice(db, today, 'all');
    assert.deepEqual(costs(), { a: 20, gone: 30, mine: null, never: null });
    assert.deepEqual(repriced, {
      receipts: 4,
      changed: 2,
      newlyPriced: 0,
      unpriced: 2,
      before: 80n,
      after: 50n,
    });
    const again = reprice(db, today, 'all');
    assert.deepEqual(again, { ...repriced, changed: 0, before: 50n });
  });

  it('prices replays as well, and leaves them out of what it tells', async () => {
    const replay = { response: 'r', session: 's', tokens: { uncachedInput: 4 } };
    world.write(
      'x.log',
      toLog(
        { ...replay, id: 'r', request: 'one', claim: 'own', model: 'a' },
        { ...replay, id: 'r', request: 'two', claim: 'sideChain', model: 'a' },
      ),
    );
    await world.scan(db, undefined, pricingOf({ catalogue: {} }));
    const { receipts, newlyPriced } = reprice(db, pricingOf({ catalogue: { a: 1 } }), 'all');
    const priced = db.all<{ cost_pico: number }>('SELECT cost_pico FROM receipt');
    assert.deepEqual(
      priced.map(({ cost_pico: cost }) => cost),
      [10, 10],
    );
    assert.deepEqual([receipts, newlyPriced], [1, 1]);
  });

  it('goes over more receipts than fit into a slice, and says how far it has come', async () => {
    world.write(
      'x.log',
      toLog(...Array.from({ length: 2_500 }, (_, n) => ({ id: `r${n}`, session: 's', model: 'a' }))),
    );
    await world.scan(db, undefined, pricingOf({ catalogue: {} }));
    for (const scope of ['stale', 'all'] as const) {
      const price = scope === 'stale' ? 1 : 2;
      const repricing = new Repricing(pricingOf({ version: scope, catalogue: { a: price } }), scope);
      const shares: number[] = [];
      while (repricing.step(db)) shares.push(repricing.share);
      assert.equal(repricing.result.changed, 2_500);
      assert.deepEqual(shares, [0.4, 0.8]);
    }
    const sum = db.get<{ sum: number }>('SELECT sum(cost_pico) AS sum FROM receipt')?.sum;
    assert.equal(sum, 50_000);
  });

  it('begins anew when prices change on the way', async () => {
    world.write(
      'x.log',
      toLog(...Array.from({ length: 1_500 }, (_, n) => ({ id: `r${n}`, session: 's', model: 'a' }))),
    );
    await world.scan(db, undefined, pricingOf({ catalogue: {} }));
    let pricing = pricingOf({ catalogue: { a: 1 } });
    const present: Pricing = {
      get catalogue() {
        return pricing.catalogue;
      },
      get version() {
        return pricing.version;
      },
      ownPriceOf: (model) => pricing.ownPriceOf(model),
      price: (receipt) => pricing.price(receipt),
    };
    const repricing = new Repricing(present, 'stale');
    assert.ok(repricing.step(db));
    pricing = pricingOf({ catalogue: { a: 1 }, own: { a: 3 } });
    while (repricing.step(db));
    assert.deepEqual(db.all('SELECT DISTINCT cost_pico FROM receipt').length, 1);
    assert.ok(isTried(db, pricing));
  });

  it('is over for these prices until a process stores by others', async () => {
    const [mine, others] = [pricingOf({ own: { a: 1 } }), pricingOf({ own: { a: 2 } })];
    await read(mine, 'a');
    assert.ok(!isTried(db, mine));
    reprice(db, mine);
    assert.ok(isTried(db, mine) && !isTried(db, others));
    world.write('y.log', toLog({ id: 'more', session: 's', model: 'a' }));
    await world.scan(db, undefined, others);
    assert.ok(!isTried(db, mine));
    reprice(db, mine);
    assert.equal(db.all('SELECT DISTINCT cost_pico FROM receipt').length, 1);
  });

  it('is not over when a process stored by others on the way', async () => {
    const [mine, others] = [pricingOf({ own: { a: 1 } }), pricingOf({ own: { a: 2 } })];
    const lines = Array.from({ length: 1_500 }, (_, n) => ({ id: `r${n}`, session: 's', model: 'a' }));
    world.write('x.log', toLog(...lines));
    await world.scan(db, undefined, others);
    const repricing = new Repricing(mine, 'all');
    assert.ok(repricing.step(db));
    world.write('y.log', toLog({ id: 'more', session: 's', model: 'a' }));
    await world.scan(db, undefined, others);
    while (repricing.step(db));
    assert.ok(!isTried(db, mine));
    reprice(db, mine);
    assert.equal(db.all('SELECT DISTINCT cost_pico FROM receipt').length, 1);
    assert.ok(isTried(db, mine));
  });

  it('comes to the same whoever does it, at once with a scanner and killed at any time', async function () {
    this.timeout(60_000);
    const random = new Random(11);
    for (let file = 0; file < 12; file++) {
      const lines = Array.from({ length: 700 }, () => ({
        id: `r${random.below(6_000)}`,
        session: `s${file % 5}`,
        model: random.pick(['a', 'b', 'c']),
        at: random.below(1_000),
        tokens: { output: random.below(100) },
      }));
      world.write(`${file}.log`, toLog(...lines), 1_000_000 + file);
    }
    const last = { own: { a: 3, c: 4 } };
    const reference = world.open();
    await world.scan(reference, undefined, pricingOf(last));
    for (const own of [{ a: 1 }, { a: 2, b: 5 }, { b: 6 }, { c: 1 }]) {
      const scan = spawn(process.execPath, [program, 'scan', world.folder, JSON.stringify({ own })]);
      const repriced = spawn(process.execPath, [program, 'all', world.folder, JSON.stringify({ own })]);
      await Promise.race([scan, repriced].map((child) => once(child.stdout, 'data')));
      await sleep(random.below(60));
      await Promise.all([scan, repriced].map(kill));
    }
    const ledger = world.open(join(world.data, 'ledger.db'));
    await world.scan(ledger, undefined, pricingOf({ own: { a: 9 } }));
    const both = ['stale', 'all'].map((scope) =>
      spawn(process.execPath, [program, scope, world.folder, JSON.stringify(last)]),
    );
    await Promise.all(both.map((child) => until(child, 'done')));
    await Promise.all(both.map(kill));
    assert.deepEqual(dump(ledger), dump(reference));
  });
});

async function until(child: ChildProcess, said: string): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (text.includes(said)) return;
  }
  assert.fail(`it ended without: ${said}`);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
