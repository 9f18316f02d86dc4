import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pico } from '../../../src/domain/money.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { totalOf } from '../../../src/ledger/hourly.ts';
import { isToldByDelegate } from '../../../src/ledger/merge.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { onePicoEach, outputBySession, sqlite, World } from './world.ts';

const always = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/** What the caller says of the reply, what it says itself, and whom it called. */
const told: FakeLine = { agent: 'openclaw', id: 'turn', session: 'chat', claim: 'delegated' };
const own: FakeLine = { agent: 'openclaw', id: 'self', session: 'chat', tokens: { output: 1 } };
const link: FakeLine = {
  agent: 'openclaw',
  session: 'chat',
  facts: { delegate: { agent: 'claude-code', key: 'work' } },
};
/** What the called agent logs of the same reply: two requests. */
const work: readonly FakeLine[] = [
  { id: 'first', session: 'work', tokens: { output: 4 } },
  { id: 'second', session: 'work', tokens: { output: 6 } },
];

describe('work that one agent has another do', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = (...lines: readonly FakeLine[]) => world.read(db, lines);

  for (const [order, steps] of [
    ['caller, then link, then called', [[told, own], [link], work]],
    ['called, then caller, then link', [work, [told, own], [link]]],
    ['link, then called, then caller', [[link], work, [told, own]]],
    ['called, then link, then caller', [work, [link], [told, own]]],
    ['all at once', [[told, own, link, ...work]]],
  ] as const) {
    it(`counts once, by the log of the agent that did it: ${order}`, async () => {
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 1, work: 10 });
      assert.equal(totalOf(db, always).cost, pico(11));
    });
  }

  it("counts by the caller's log while that agent has told nothing", async () => {
    assert.deepEqual(await read(told, own, link), { chat: 11 });
    assert.deepEqual(await read({ session: 'work', facts: { atMs: 500 } }), { chat: 11 });
  });

  it('counts what was called without a word of by whom', async () => {
    assert.deepEqual(await read(told, ...work), { chat: 10, work: 10 });
  });

  it('holds for replies that come later, and for further sessions that were called', async () => {
    await read(told, link, ...work);
    const second = { agent: 'claude-code', key: 'more' } as const;
    await read({ ...told, id: 'turn 2' }, { ...link, facts: { delegate: second } });
    assert.deepEqual(await read({ id: 'third', session: 'more', tokens: { output: 3 } }), {
      more: 3,
      work: 10,
    });
  });

  it('lets a stronger claim on the same response stand', async () => {
    await read(told, link, ...work);
    assert.deepEqual(await read({ ...told, claim: 'own' }), { chat: 10, work: 10 });
  });

  it('loses nothing where two sessions say that they called each other', async () => {
    const back: FakeLine = { session: 'work', facts: { delegate: { agent: 'openclaw', key: 'chat' } } };
    const alsoTold: FakeLine = { id: 'other', session: 'work', claim: 'delegated' };
    assert.deepEqual(await read(told, link, back, alsoTold), { chat: 10, work: 10 });
  });

  it('takes no session for its own delegate', async () => {
    const itself: FakeLine = { ...link, facts: { delegate: { agent: 'openclaw', key: 'chat' } } };
    assert.deepEqual(await read(told, own, itself), { chat: 11 });
  });

  it('is known again after a ledger was damaged', async () => {
    const path = join(world.data, 'old.sqlite');
    const old = world.open(path);
    world.write('x.log', toLog(told, own, link, ...work));
    await world.scan(old);
    rescue(sqlite(), path, db, onePicoEach);
    assert.deepEqual(outputBySession(db), { chat: 1, work: 10 });
  });

  it('counts by the caller’s log the turns of which the called agent’s log tells nothing', async () => {
    const turns = [1_000, 2_000, 3_000].map((at): FakeLine => ({ ...told, id: `turn at ${at}`, at }));
    await read(...turns, link);
    assert.deepEqual(await read({ id: 'w2', session: 'work', at: 1_900, tokens: { output: 4 } }), {
      chat: 20,
      work: 4,
    });
    // Done before and after the calls.
    await read({ id: 'w0', session: 'work', at: 1_000 - 49 * 3_600_000, tokens: { output: 1 } });
    assert.deepEqual(await read({ id: 'w4', session: 'work', at: 3_001, tokens: { output: 1 } }), {
      chat: 20,
      work: 6,
    });
    assert.deepEqual(await read({ id: 'w3', session: 'work', at: 3_000 }), { chat: 10, work: 16 });
    assert.deepEqual(await read({ id: 'w1', session: 'work', at: 1 }), { work: 26 });
  });

  it('lets a turn begin after the reply before it', async () => {
    const late = { ...told, at: 2_000 };
    assert.deepEqual(await read({ ...own, at: 1_000 }, late, link, ...work), { chat: 11, work: 10 });
    assert.deepEqual(await read({ id: 'third', session: 'work', at: 1_001, tokens: { output: 3 } }), {
      chat: 1,
      work: 13,
    });
  });

  it('is settled anew when a call turns out to be of another time, or of another session', async () => {
    const second = { ...told, id: 'turn 2', at: 2_000 };
    const copy: FakeLine = { id: 'w', session: 'work', claim: 'copied', at: 2_000, tokens: { output: 7 } };
    assert.deepEqual(await read(told, second, link, copy), { chat: 10, work: 7 });
    // A copy bears a later time than its original, which is of the first turn.
    assert.deepEqual(await read({ ...copy, at: 1_000 }), { chat: 10, work: 7 });
    assert.deepEqual(supersededTurns(), [1_000]);
    assert.deepEqual(await read({ ...copy, claim: 'own', session: 'other' }), { chat: 20, other: 7 });
  });

  function supersededTurns(): readonly number[] {
    return db
      .all<{ at_ms: number }>('SELECT at_ms FROM receipt WHERE superseded = 1 ORDER BY at_ms')
      .map(({ at_ms }) => at_ms);
  }

  it('is told by a delegate that made a call after the reply before, and not two days earlier', () => {
    const day = 86_400_000;
    const turn = { atMs: 10 * day, afterMs: null, workMs: null };
    assert.equal(isToldByDelegate(turn), false);
    assert.equal(isToldByDelegate({ ...turn, workMs: 10 * day }), true);
    assert.equal(isToldByDelegate({ ...turn, workMs: 8 * day + 1 }), true);
    assert.equal(isToldByDelegate({ ...turn, workMs: 8 * day }), false);
    assert.equal(isToldByDelegate({ ...turn, workMs: 9 * day, afterMs: 9 * day }), false);
    assert.equal(isToldByDelegate({ ...turn, workMs: 9 * day + 1, afterMs: 9 * day }), true);
    assert.equal(isToldByDelegate({ ...turn, workMs: 8 * day, afterMs: 7 * day }), false);
  });
});
