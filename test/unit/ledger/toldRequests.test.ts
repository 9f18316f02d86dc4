import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Database } from '../../../src/ledger/database.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import { type FakeLine, fakeReader, toLog } from './fakeReader.ts';
import { onePicoEach, outputBySession, sqlite, World } from './world.ts';

const minuteMs = 60_000;
const logged: FakeLine = {
  id: 'msg_1',
  request: 'req_1',
  session: 's',
  at: 10 * minuteMs,
  tokens: { output: 30, uncachedInput: 5, cacheWriteUnknown: 7 },
};

/** What telemetry tells of the same request, when it has ended. */
const told: FakeLine = {
  ...logged,
  id: 'request req_1',
  claim: 'telemetry',
  at: 11 * minuteMs,
  tokens: { output: 30, uncachedInput: 5, cacheWrite1h: 7 },
};
/** Of one that no log holds. */
const aside: FakeLine = { ...told, id: 'request req_2', request: 'req_2', tokens: { output: 4 } };

describe('a request that telemetry tells of', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = async (...lines: readonly FakeLine[]) => (await world.read(db, lines)).s;
  const counted = () =>
    db.get<object>(`
      SELECT count(*) AS receipts, sum(uncached_input) AS input, sum(output) AS output,
        sum(cache_write_1h) AS for_hour, sum(cache_write_unknown) AS written, sum(cost_pico) AS cost
      FROM counted`);

  it('counts where no log tells of it', async () => {
    assert.equal(await read(aside), 4);
    assert.deepEqual(db.all('SELECT * FROM stated'), []);
    assert.equal(await read(logged), 34);
  });

  it('counts nothing where a log tells of it, whichever is read first', async () => {
    const once = { receipts: 1, input: 5, output: 30, for_hour: 0, written: 7, cost: 30 };
    await read(told);
    await read(logged);
    assert.deepEqual({ ...counted() }, once);
    await read(told);
    assert.deepEqual({ ...counted() }, once);
    await read({ ...logged, session: 'fork', claim: 'copied' });
    assert.deepEqual({ ...counted() }, once);
  });

  it('counts what the log does not hold of it, which may be read later', async () => {
    const broken = { ...logged, tokens: { output: 1, uncachedInput: 5, cacheWriteUnknown: 7 } };
    await read(broken, told);
    const whole = { receipts: 2, input: 5, output: 30, for_hour: 0, written: 7, cost: 30 };
    assert.deepEqual({ ...counted() }, whole);
    await read(logged);
    assert.deepEqual({ ...counted() }, { ...whole, receipts: 1 });
  });

  it('is made of all that was billed in it', async () => {
    const adviser = { ...logged, id: 'msg_1/advisor', tokens: { output: 12, uncachedInput: 1 } };
    await read(logged, adviser);
    assert.equal(await read({ ...told, tokens: { output: 42, uncachedInput: 6 } }), 42);
    assert.equal((counted() as { receipts: number }).receipts, 2);
  });

  it('is found in the log of another session, as far as its times may lie apart', async () => {
    const lasting = { ...told, circumstances: { durationMs: 5 * minuteMs } };
    await read({ ...logged, session: 'other', at: 6 * minuteMs }, lasting);
    assert.equal((counted() as { output: number }).output, 30);
    // Of hours before or after: no provider gives an id twice, but a gateway may.
    await read(
      { ...aside, at: 300 * minuteMs, circumstances: { durationMs: 20 * 60 * minuteMs } },
      { ...logged, id: 'msg_2', request: 'req_2' },
      { ...logged, id: 'msg_3', request: 'req_2', at: 310 * minuteMs },
    );
    assert.equal((counted() as { output: number }).output, 94);
  });

  it('counts what was written to the cache once, whoever knows how long it stays', async () => {
    await read(logged, { ...told, tokens: { ...told.tokens, cacheWrite1h: 10 } });
    const { for_hour, written } = counted() as { for_hour: number; written: number };
    assert.deepEqual([for_hour, written], [3, 7]);
  });

  it('has no cost of what a log has grown to tell', async () => {
    const broken = { ...logged, tokens: { output: 10 } };
    await read(broken, told);
    await world.scan(db, fakeReader({ version: 2 }));
    assert.equal((counted() as { cost: number }).cost, 30);
    world.write('late.log', toLog({ ...logged, at: 200 * minuteMs, tokens: { output: 30 } }));
    await world.scan(db, fakeReader({ version: 3 }));
    const { output, cost } = counted() as { output: number; cost: number };
    assert.equal(cost, output);
  });

  it('is settled in a ledger that was saved from a damaged one', async () => {
    const path = join(world.data, 'damaged.db');
    const damaged = world.open(path);
    await world.read(damaged, [logged, told, aside]);
    damaged.run('DELETE FROM stated');
    damaged.run('UPDATE receipt SET superseded = 0, output = 30 WHERE claim = 4 AND superseded = 1');
    world.close();
    const saved = world.open();
    rescue(sqlite(), path, saved, onePicoEach);
    db = saved;
    assert.equal((counted() as { output: number }).output, 34);
  });

  it('leaves to who had its session called what another session turns out to have asked', async () => {
    const turn: FakeLine = {
      agent: 'openclaw',
      id: 'called',
      session: 'chat',
      at: 12 * minuteMs,
      claim: 'delegated',
    };
    await read(
      { ...turn, tokens: { output: 50 } },
      { agent: 'openclaw', session: 'chat', facts: { delegate: { agent: 'claude-code', key: 'work' } } },
      { ...told, session: 'work' },
    );
    assert.deepEqual(outputBySession(db), { chat: 20, work: 30 });
    await read({ ...logged, session: 'other' });
    assert.deepEqual(outputBySession(db), { chat: 50, other: 30 });
  });
});
