import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Variance } from '../../../src/domain/variance.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { loadVariances, storeVariances } from '../../../src/ledger/variances.ts';
import { World } from './world.ts';

const variance = (response: string, more: Partial<Variance> = {}): Variance => ({
  agent: 'claude-code',
  id: { response, request: 'r' },
  kind: 'addition',
  model: 'claude-sonnet-5-5',
  projectPath: '/home/ann/app',
  atMs: 1_000,
  estimatedTokens: 900,
  billedTokens: 1_100,
  scale: 77,
  ...more,
});

describe('variances in the ledger', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const billed = () => loadVariances(db).map(({ billedTokens }) => billedTokens);

  it('are kept of counts by the model’s own tokenizer too', () => {
    storeVariances(db, [variance('a', { agent: 'tokenizer' })]);
    assert.equal(loadVariances(db)[0]?.agent, 'tokenizer');
  });

  it('come back as they were, newest first', () => {
    storeVariances(db, [variance('a'), variance('b', { atMs: 2_000, kind: 'opening', projectPath: null })]);
    const [newest, oldest] = loadVariances(db);
    assert.deepEqual(newest, {
      ...variance('b', { atMs: 2_000, kind: 'opening', projectPath: null }),
      id: newest?.id,
    });
    assert.deepEqual(oldest, { ...variance('a'), id: oldest?.id });
  });

  it('count once a receipt, however often it is met, and stand as they were met last', () => {
    assert.equal(storeVariances(db, [variance('a'), variance('a')]), 2);
    assert.equal(storeVariances(db, [variance('a')]), 0);
    assert.deepEqual(billed(), [1_100]);
    assert.equal(storeVariances(db, [variance('a', { billedTokens: 1_200 })]), 1);
    assert.deepEqual(billed(), [1_200]);
  });

  it('are kept to the newest of each agent, model and kind, and an older one is no news after that', () => {
    const many = Array.from({ length: 500 }, (_one, n) => variance(String(n), { atMs: n + 1 }));
    storeVariances(db, many);
    storeVariances(db, [variance('other', { model: 'm' }), variance('first', { kind: 'opening' })]);
    const times = loadVariances(db).map(({ atMs }) => atMs);
    assert.equal(times.length, 202);
    assert.ok(!times.includes(300) && times.includes(301));
    assert.equal(storeVariances(db, many), 0);
  });

  it('are not stored with numbers that cannot be', () => {
    const wrong = [
      variance('a', { estimatedTokens: 0 }),
      variance('b', { billedTokens: -4 }),
      variance('c', { billedTokens: 1e12 }),
      variance('d', { scale: Number.NaN }),
      variance('e', { atMs: Number.POSITIVE_INFINITY }),
      variance('f', { kind: 'guess' as Variance['kind'] }),
    ];
    assert.equal(storeVariances(db, wrong), 0);
    assert.deepEqual(loadVariances(db), []);
  });

  it('are none the worse for rows that a damaged file made of others', () => {
    storeVariances(db, [variance('a'), variance('b'), variance('c')]);
    db.run("UPDATE variance SET agent = 'x' WHERE response = (SELECT min(response) FROM variance)");
    db.run('UPDATE variance SET billed = -1 WHERE response = (SELECT max(response) FROM variance)');
    assert.deepEqual(billed(), [1_100]);
  });

  it('stay when the ledger is opened again', () => {
    const path = join(world.data, 'ledger.db');
    storeVariances(world.open(path), [variance('a')]);
    assert.equal(loadVariances(world.open(path)).length, 1);
  });
});
