import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pico } from '../../../src/domain/money.ts';
import { noTokens } from '../../../src/domain/tokens.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { totalOf } from '../../../src/ledger/hourly.ts';
import { grownBy, timeOfTurn } from '../../../src/ledger/merge.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import { type FakeLine, fakeReader, toLog } from './fakeReader.ts';
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
      chat: 7,
      more: 3,
      work: 10,
    });
  });

  it('holds of a sum what it counts beside the responses that it is of', async () => {
    const [first = own] = work;
    const dropped = { afterMs: 0, untilMs: 1_000, kept: [] };
    const sum: FakeLine = {
      id: 'sum',
      session: 'work',
      tokens: { output: 5 },
      quality: 'sessionTotal',
      dropped,
    };
    assert.deepEqual(await read(told, link, first, sum), { chat: 5, work: 5 });
  });

  it('lets a stronger claim on the same response stand', async () => {
    await read(told, link, ...work);
    assert.deepEqual(await read({ ...told, claim: 'own' }), { chat: 10, work: 10 });
  });

  it('counts once where an older version of the reader had taken the turn for the session’s own', async () => {
    const turn = { ...told, claim: 'own' } as const;
    world.write('chat.log', toLog(turn, own, link));
    world.write('work.log', toLog(...work));
    await world.scan(db, fakeReader({ version: 1 }));
    assert.deepEqual(outputBySession(db), { chat: 11, work: 10 });
    world.write('chat.log', toLog(told, own, link));
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { chat: 1, work: 10 });
    world.write('chat.log', toLog(turn, own, link));
    await world.scan(db, fakeReader({ version: 1 }));
    assert.deepEqual(outputBySession(db), { chat: 1, work: 10 });
  });

  it('lets a stronger claim stand whole where a part had been told', async () => {
    const [first = own] = work;
    assert.deepEqual(await read(told, link, first), { chat: 6, work: 4 });
    assert.deepEqual(await read({ ...told, claim: 'own' }), { chat: 10, work: 4 });
  });

  it('counts whole again where it turns out to be of a session that called nobody', async () => {
    const turn: FakeLine = { ...told, id: 'moved' };
    world.write('young.log', toLog(turn, link, ...work), 2_000_000);
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { work: 10 });
    world.write('old.log', toLog({ ...turn, session: 'alone' }), 1_000_000);
    await world.scan(db);
    assert.deepEqual(outputBySession(db), { alone: 10, work: 10 });
  });

  it('costs whole again, too, where a newer reader tells of it at the same time', async () => {
    const [first = own] = work;
    world.write('chat.log', toLog(told, link), 2_000_000);
    world.write('work.log', toLog(first), 2_000_000);
    await world.scan(db, fakeReader({ version: 1 }));
    assert.equal(totalOf(db, always).cost, pico(10));
    world.write('older.log', toLog({ ...first, session: 'other' }), 1_000_000);
    await world.scan(db, fakeReader({ version: 2 }));
    assert.deepEqual(outputBySession(db), { chat: 10, other: 4 });
    assert.equal(totalOf(db, always).cost, pico(14));
  });

  it('is beside what is left of the sum of a turn, where the called agent tells of its responses, too', async () => {
    const turn = { id: 'sum', session: 'work', circumstances: { turnStartedMs: 900 } };
    const sum: FakeLine = { ...turn, at: 1000, tokens: { output: 4, uncachedInput: null } };
    const response = { id: 'response', session: 'work', circumstances: { durationMs: 150 } };
    const lines: readonly FakeLine[] = [told, link, sum, { ...response, at: 1100, tokens: { output: 6 } }];
    assert.deepEqual(await read(...lines), { chat: 10, work: 6 });
    assert.deepEqual(await read(own), { chat: 11, work: 6 });
  });

  it('loses nothing where two sessions say that they called each other', async () => {
    const back: FakeLine = { session: 'work', facts: { delegate: { agent: 'openclaw', key: 'chat' } } };
    const alsoTold: FakeLine = { id: 'other', session: 'work', claim: 'delegated' };
    assert.deepEqual(await read(told, link, back, alsoTold), { chat: 10, work: 10 });
  });

  it('knows no cost of what is left, however little the called agent tells', async () => {
    const costly: FakeLine = { ...told, reported: 7, tokens: { reasoning: null } };
    const reported = () =>
      db.get<{ cost: number | null }>('SELECT reported_pico AS cost FROM receipt WHERE claim = 3')?.cost;
    await read(costly, link);
    assert.equal(reported(), 7);
    await read({ id: 'first', session: 'work', tokens: { output: null } });
    assert.equal(reported(), null);
  });

  it('counts whole again where what the called agent told turns out to be a replay', async () => {
    const made: FakeLine = {
      id: 'reply',
      request: 'own',
      session: 'main',
      tokens: { uncachedInput: 1, output: 4 },
    };
    const replayed: FakeLine = { ...made, request: 'again', session: 'work', claim: 'sideChain' };
    assert.deepEqual(await read(told, link, replayed), { chat: 6, work: 4 });
    assert.deepEqual(await read(made), { chat: 10, main: 4 });
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
      chat: 26,
      work: 4,
    });
    // Done before and after the calls.
    await read({ id: 'w0', session: 'work', at: 1_000 - 49 * 3_600_000, tokens: { output: 1 } });
    assert.deepEqual(await read({ id: 'w4', session: 'work', at: 3_001, tokens: { output: 1 } }), {
      chat: 26,
      work: 6,
    });
    assert.deepEqual(await read({ id: 'w3', session: 'work', at: 3_000 }), { chat: 16, work: 16 });
    assert.deepEqual(await read({ id: 'w1', session: 'work', at: 1 }), { chat: 6, work: 26 });
  });

  it('lets a turn begin after the reply before it', async () => {
    const late = { ...told, at: 2_000 };
    assert.deepEqual(await read({ ...own, at: 1_000 }, late, link, ...work), { chat: 11, work: 10 });
    assert.deepEqual(await read({ id: 'third', session: 'work', at: 1_001, tokens: { output: 3 } }), {
      chat: 8,
      work: 13,
    });
  });

  it('is settled anew when a call turns out to be of another time, or of another session', async () => {
    const second = { ...told, id: 'turn 2', at: 2_000 };
    const copy: FakeLine = { id: 'w', session: 'work', claim: 'copied', at: 2_000, tokens: { output: 7 } };
    assert.deepEqual(await read(told, second, link, copy), { chat: 13, work: 7 });
    assert.deepEqual(turnsCounted(), [10, 3]);
    // A copy bears a later time than its original, which is of the first turn.
    assert.deepEqual(await read({ ...copy, at: 1_000 }), { chat: 13, work: 7 });
    assert.deepEqual(turnsCounted(), [3, 10]);
    assert.deepEqual(await read({ ...copy, claim: 'own', session: 'other' }), { chat: 20, other: 7 });
  });

  function turnsCounted(): readonly number[] {
    const sql = 'SELECT output FROM counted WHERE claim = 3 ORDER BY at_ms';
    return db.all<{ output: number }>(sql).map(({ output }) => output);
  }

  it('begins after the reply before, and not two days before its end', () => {
    const day = 86_400_000;
    assert.deepEqual(timeOfTurn({ atMs: 10 * day, afterMs: null }), [8 * day, 10 * day]);
    assert.deepEqual(timeOfTurn({ atMs: 10 * day, afterMs: 7 * day }), [8 * day, 10 * day]);
    assert.deepEqual(timeOfTurn({ atMs: 10 * day, afterMs: 9 * day }), [9 * day, 10 * day]);
    assert.deepEqual(timeOfTurn({ atMs: day, afterMs: null }), [0, day]);
  });

  it('counts what the log of the called agent does not tell of it, by class', async () => {
    const turn: FakeLine = { ...told, tokens: { output: 100, uncachedInput: 50, cacheRead: 9 }, reported: 7 };
    const part: FakeLine = { id: 'first', session: 'work', tokens: { output: 30, cacheRead: 20 } };
    for (const steps of [[[turn, link], [part]], [[part], [turn], [link]], [[turn, link, part, turn]]]) {
      world.dispose();
      world = new World();
      db = world.open();
      for (const lines of steps) await read(...lines);
      assert.deepEqual(outputBySession(db), { chat: 70, work: 30 });
      const { tokens, reported } = totalOf(db, always);
      assert.deepEqual([tokens.uncachedInput, tokens.cacheRead, reported.receipts], [50, 20, 0]);
    }
    assert.deepEqual(await read({ id: 'rest', session: 'work', tokens: { output: 70 } }), { work: 100 });
  });

  it('counts once what a sub-agent of the called agent did, however that comes to be known', async () => {
    const helper: FakeLine = { id: 'help', session: 'helper', tokens: { output: 6 } };
    const first = work[0] ?? own;
    assert.deepEqual(await read(told, link, first, helper), { chat: 6, helper: 6, work: 4 });
    const parent: FakeLine = { session: 'helper', facts: { parentKey: 'work', atMs: 1 } };
    assert.deepEqual(await read(parent), { helper: 6, work: 4 });
    const other: FakeLine = { session: 'helper', facts: { parentKey: 'other', atMs: 2 } };
    assert.deepEqual(await read(other), { chat: 6, helper: 6, work: 4 });
  });

  it('is what has been added since the turn before where the called agent hands back running totals', async () => {
    const toCodex: FakeLine = { ...link, facts: { delegate: { agent: 'codex', key: 'work' } } };
    const turns = [10, 30, 70].map(
      (output, index): FakeLine => ({
        ...told,
        id: `turn ${index}`,
        at: 1_000 * (index + 1),
        tokens: { output },
      }),
    );
    const done = [10, 20, 25].map(
      (output, index): FakeLine => ({
        agent: 'codex',
        id: `work ${index}`,
        session: 'work',
        at: 1_000 * (index + 1),
        tokens: { output },
      }),
    );
    assert.deepEqual(await read(toCodex, ...turns, ...done), { chat: 15, work: 55 });
    assert.deepEqual(await read({ ...(done[2] ?? own), tokens: { output: 40 } }), { work: 70 });
  });

  it('has grown by what it has more, and begins anew where it has less', () => {
    const counts = (output: number, cacheRead = 0) => ({ ...noTokens, output, cacheRead });
    assert.deepEqual(grownBy(undefined, counts(5)), counts(5));
    assert.deepEqual(grownBy(counts(5, 1), counts(9, 1)), counts(4));
    assert.deepEqual(grownBy(counts(5, 2), counts(9, 1)), counts(9, 1));
  });
});
