import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Database } from '../../../src/ledger/database.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { Random } from './random.ts';
import { dump, onePicoEach, outputBySession, sqlite, World } from './world.ts';

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
        FROM counted WHERE quality = 3`),
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

  it('counts less what an older state of the log tells, which is read after it', async () => {
    const whole = sum('sum', 50, 0, 30, ['third']);
    assert.equal(await read(whole, third), 54);
    assert.equal(await read(first, second, third), 54);
    assert.deepEqual(rest(), {
      uncached_input: 90,
      cache_read: 5,
      cache_write_5m: null,
      reasoning: null,
      reported: null,
    });
    assert.equal(await read({ ...second, tokens: { output: 9 } }), 54);
    assert.equal(await read(whole, third), 54);
  });

  it('counts less what turns out to be of its session, and whole again where that is of another', async () => {
    await read(sum('sum', 50, 0, 30), { ...first, session: 'fork', claim: 'copied' });
    assert.equal(await read(first), 50);
    assert.equal(totalOutput(), 50);
    await read({ ...first, session: 'fork', id: 'later' });
    assert.equal(totalOutput(), 51);
  });

  it('holds nothing that some state of the log told beside it, or that came after that state', async () => {
    const other = { ...sum('sum', 50, 0, 15, ['second']), at: 30 };
    assert.equal(await read(sum('sum', 50, 0, 30, ['third']), first, second, third), 54);
    assert.equal(await read(other), 56);
    assert.equal(await read(sum('sum', 50, 0, 30)), 56);
  });

  it('holds of two sums that tell of one time the earlier one, and neither twice', async () => {
    const early = { ...sum('early', 6, 0, 99), at: 20 };
    const late = { ...sum('late', 60, 0, 99), at: 40 };
    assert.equal(await read(late), 60);
    assert.equal(await read(early, first), 60);
    assert.equal(await read(second, third), 60);
  });

  it('holds what its own model did, where it is of one model', async () => {
    const ofModel = {
      ...sum('sum', 50, 0, 30),
      dropped: { afterMs: 0, untilMs: 30, kept: [], isOfModel: true },
    } as const;
    assert.equal(await read(ofModel, first, { ...third, model: 'model-b' }), 54);
    assert.equal(await read({ ...second, id: 'later', model: 'model-b' }, second), 56);
  });

  describe('with those of sub-agents', () => {
    const dropped = { afterMs: 0, untilMs: 30, kept: [], withSubAgents: true } as const;
    const whole: FakeLine = { ...sum('sum', 50, 0, 30), dropped };
    const below: readonly FakeLine[] = [
      { ...second, session: 'below', facts: { parentKey: 's' } },
      { ...third, session: 'deeper', facts: { parentKey: 'below' } },
      { ...first, id: 'other', session: 'other', tokens: { output: 8 } },
    ];

    for (const [order, steps] of [
      ['sum first', [[whole], below, [first]]],
      ['sum last', [below, [first], [whole]]],
      ['all at once', [[...below, first, whole]]],
      [
        'sub-agents before it is known whose they are',
        [below.map(({ facts: _, ...line }) => line), [whole, first], below],
      ],
    ] as const) {
      it(`counts less what these did: ${order}`, async () => {
        for (const lines of steps) await read(...lines);
        assert.equal(totalOutput(), 58);
        assert.deepEqual(outputBySession(db), { s: 44, below: 2, deeper: 4, other: 8 });
      });
    }

    it('counts whole again where a sub-agent turns out to be of none', async () => {
      await read(whole, ...below);
      assert.deepEqual(outputBySession(db), { s: 44, below: 2, deeper: 4, other: 8 });
      await read({ session: 'below', facts: { parentKey: 'below', atMs: 99 } });
      assert.deepEqual(outputBySession(db), { s: 50, below: 2, deeper: 4, other: 8 });
    });

    it('is known again after a ledger was damaged', async () => {
      const path = join(world.data, 'old.sqlite');
      const old = world.open(path);
      world.write('x.log', toLog(whole, ...below));
      await world.scan(old);
      rescue(sqlite(), path, db, onePicoEach);
      assert.equal(totalOutput(), 58);
      assert.deepEqual(dump(db).receipts, dump(old).receipts);
    });
  });

  it('is known again after a ledger was damaged, and works out as before', async () => {
    const path = join(world.data, 'old.sqlite');
    const old = world.open(path);
    world.write('x.log', toLog(sum('sum', 50, 0, 30), first));
    await world.scan(old);
    rescue(sqlite(), path, db, onePicoEach);
    assert.deepEqual(dump(db).receipts, dump(old).receipts);
    assert.equal(await read(second, third), 50);
  });

  function totalOutput(): number | undefined {
    return db.get<{ output: number }>('SELECT sum(output) AS output FROM counted')?.output;
  }

  it('ends the same for any order of states of a log', async () => {
    const random = new Random(Number(process.env.SEED ?? 11));
    for (let round = 0; round < 20; round++) {
      const states = randomStates(random);
      const seen = new Set<string>();
      for (const order of [states, random.shuffle(states), [states.flat()]]) {
        world.dispose();
        world = new World();
        db = world.open();
        for (const lines of order) await read(...lines);
        const { receipts } = dump(db);
        seen.add(JSON.stringify(receipts.map((row) => ({ ...(row as object), born_ms: 0 }))));
      }
      assert.equal(seen.size, 1, `round ${round}`);
      assert.equal(totalOutput(), spentIn(states), `round ${round}`);
    }
  });
});

/** What a task looked like at some times, as its user sent prompts and went back to checkpoints. */
function randomStates(random: Random): readonly (readonly FakeLine[])[] {
  const states: FakeLine[][] = [];
  let log: FakeLine[] = [];
  for (let at = 10; at < 100; at += 10) {
    if (random.below(4) > 0 || log.length === 0) log = [...log, spending(`r${at}`, 1 + random.below(9), at)];
    else log = wentBack(log, random.below(log.length), at);
    if (random.below(2) === 0 || at === 90) states.push(log);
  }
  return states;
}

function spending(id: string, output: number, at: number): FakeLine {
  return { id, session: 's', at, tokens: { output } };
}

function wentBack(log: readonly FakeLine[], length: number, at: number): FakeLine[] {
  const [kept, gone] = [log.slice(0, length), log.slice(length)];
  const afterMs = Math.max(0, ...kept.filter(({ dropped }) => dropped).map(({ at = 0 }) => at));
  const ids = kept.map(({ id = '' }) => ({ response: id, request: '' }));
  const output = gone.reduce((total, { tokens }) => total + (tokens?.output ?? 0), 0);
  const whole = spending(`sum at ${at}`, output, at);
  return [...kept, { ...whole, quality: 'sessionTotal', dropped: { afterMs, untilMs: at, kept: ids } }];
}

/** What the last state tells of is all that was spent. */
function spentIn(states: readonly (readonly FakeLine[])[]): number {
  return (states.at(-1) ?? []).reduce((total, { tokens }) => total + (tokens?.output ?? 0), 0);
}
