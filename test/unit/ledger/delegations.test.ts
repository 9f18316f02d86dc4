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

  let logs = 0;
  async function read(...lines: readonly FakeLine[]): Promise<Record<string, number>> {
    logs += 1;
    world.write(`${logs}.log`, toLog(...lines));
    await world.scan(db);
    return outputBySession(db);
  }

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

  it('is known again after a ledger was damaged', async () => {
    const path = join(world.data, 'old.sqlite');
    const old = world.open(path);
    world.write('x.log', toLog(told, own, link, ...work));
    await world.scan(old);
    rescue(sqlite(), path, db, onePicoEach);
    assert.deepEqual(outputBySession(db), { chat: 1, work: 10 });
  });

  it('is told by a delegate only that claims its work', () => {
    assert.equal(isToldByDelegate('delegated', []), false);
    assert.equal(isToldByDelegate('delegated', ['delegated']), false);
    assert.equal(isToldByDelegate('delegated', ['delegated', 'copied']), true);
    assert.equal(isToldByDelegate('own', ['own']), false);
  });
});
