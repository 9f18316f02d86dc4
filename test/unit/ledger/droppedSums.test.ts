import assert from 'node:assert/strict';
import type { Database } from '../../../src/ledger/database.ts';
import type { FakeLine } from './fakeReader.ts';
import { World } from './world.ts';

const first: FakeLine = { id: 'first', session: 's', at: 10, tokens: { output: 1, uncachedInput: 10 } };
const second: FakeLine = { id: 'second', session: 's', at: 20, tokens: { output: 2, uncachedInput: null } };
const third: FakeLine = { id: 'third', session: 's', at: 30, tokens: { output: 4, cacheRead: 7 } };

/** The sum of all that was dropped between two times. */
function sum(
  id: string,
  output: number,
  afterMs: number,
  untilMs: number,
  kept: readonly string[] = [],
): FakeLine {
  const ids = kept.map((response) => ({ response, request: '' }));
  const dropped = { afterMs, untilMs, kept: ids };
  const tokens = { output, uncachedInput: 100, cacheRead: 5, cacheWrite5m: null };
  return { id, session: 's', at: untilMs, quality: 'sessionTotal', tokens, dropped, reported: 9 };
}

describe('the sum of what a log has dropped', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = async (...lines: readonly FakeLine[]) => (await world.read(db, lines)).s;

  function rest(): Record<string, unknown> {
    return {
      ...db.get<object>(`
        SELECT uncached_input, cache_read, cache_write_5m, reasoning, CAST(reported_pico AS INTEGER) AS reported
        FROM receipt WHERE quality = 3`),
    };
  }

  it('counts whole where nothing of it has been counted, with what it is said to have cost', async () => {
    const whole = { uncached_input: 100, cache_read: 5, cache_write_5m: null, reasoning: null, reported: 9 };
    assert.equal(await read(sum('sum', 50, 0, 25)), 50);
    assert.deepEqual(rest(), whole);
    assert.equal(await read(third, { ...first, session: 'other' }), 54);
    assert.equal(await read(sum('sum', 50, 0, 25)), 54);
    assert.deepEqual(rest(), whole);
  });

  it('counts less what has been counted, by class and never below nothing', async () => {
    await read(first, second, third);
    assert.equal(await read(sum('sum', 50, 0, 30)), 50);
    const left = { uncached_input: 90, cache_read: 0, cache_write_5m: null, reasoning: null, reported: null };
    assert.deepEqual(rest(), left);
  });

  it('counts less what is told in the same log, in whatever order', async () => {
    assert.equal(await read(sum('sum', 50, 0, 30), first, third, second), 50);
  });

  it('holds what lies between its times, and was not kept', async () => {
    await read(first, second, third);
    assert.equal(await read(sum('sum', 50, 10, 20, ['third'])), 55);
    assert.equal(await read(sum('other', 80, 0, 30, ['first', 'second', 'sum'])), 131);
  });

  it('is nothing where all of it has been counted', async () => {
    await read(first, second);
    assert.equal(await read({ ...sum('sum', 3, 0, 20), tokens: { output: 3, uncachedInput: 10 } }), 3);
    assert.deepEqual(rest(), {});
  });

  it('holds what was left of an earlier sum, and is the same however often it is told', async () => {
    await read(first, second);
    assert.equal(await read(sum('early', 6, 0, 20), sum('late', 60, 0, 40)), 60);
    assert.equal(await read(sum('late', 60, 0, 40)), 60);
    assert.equal(await read(sum('late', 61, 0, 40), sum('late', 60, 0, 40)), 61);
  });
});
