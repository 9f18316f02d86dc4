import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Database } from '../../../src/ledger/database.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import type { FakeLine } from './fakeReader.ts';
import { dump, onePicoEach, sqlite, World, writesOf } from './world.ts';

const first: FakeLine = { agent: 'roo-code', id: 't/10', session: 't', at: 10, tokens: { output: 1 } };
const second: FakeLine = { agent: 'roo-code', id: 't/20', session: 't', at: 20, tokens: { output: 2 } };
/** What a checkpoint removed: the second request, and one more. */
const sum: FakeLine = {
  agent: 'roo-code',
  id: 't/30/sum',
  session: 't',
  at: 30,
  quality: 'sessionTotal',
  tokens: { output: 6 },
  dropped: { afterMs: 0, untilMs: 30, kept: [{ response: 't/10', request: '' }] },
};
const originals = [first, second, sum];

const copyOf = (line: FakeLine): FakeLine => ({ ...line, agent: 'zoo-code' });
const copies = originals.map(copyOf);
const goneOn: FakeLine = { agent: 'zoo-code', id: 't/40', session: 't', at: 40, tokens: { output: 8 } };

describe('a session that another agent has taken over', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function outputAfter(...lines: readonly FakeLine[]): Promise<Record<string, number>> {
    await world.read(db, lines);
    return outputByAgent(db);
  }

  const orders: readonly (readonly [order: string, steps: readonly (readonly FakeLine[])[]])[] = [
    ['what it was copied from, then the copy', [originals, copies, [goneOn]]],
    ['the copy, then what it was copied from', [[...copies, goneOn], originals]],
    ['all at once', [[goneOn, ...originals, ...copies]]],
    ['by turns', [[copyOf(sum)], [second], [goneOn], [copyOf(first), sum], [first], [copyOf(second)]]],
    ['each twice', [copies, originals, copies, [goneOn], originals, [goneOn]]],
  ];
  for (const [order, steps] of orders) {
    it(`counts once, by the log of the agent that did it: ${order}`, async () => {
      for (const lines of steps) await world.read(db, lines);
      assert.deepEqual(outputByAgent(db), { 'roo-code': 7, 'zoo-code': 8 });
    });
  }

  it('counts by the copy where nothing else is left', async () => {
    assert.deepEqual(await outputAfter(...copies, goneOn), { 'zoo-code': 15 });
  });

  it('counts what was removed after it was taken over', async () => {
    await outputAfter(first, second);
    assert.deepEqual(await outputAfter(copyOf(first), copyOf(sum)), { 'roo-code': 3, 'zoo-code': 4 });
  });

  it('counts of a sum what one that was not taken over has left, whichever came last', async () => {
    const later: FakeLine = { ...copyOf(sum), id: 't/50/sum', at: 50, tokens: { output: 9 } };
    const whole: FakeLine = { ...later, dropped: { afterMs: 0, untilMs: 50, kept: [] } };
    for (const steps of [[originals, [whole]], [[whole], [sum], [first, second]], [[whole, ...originals]]]) {
      const alone = world.open();
      for (const lines of steps) await world.read(alone, lines);
      assert.deepEqual(outputByAgent(alone), { 'roo-code': 7, 'zoo-code': 2 });
    }
  });

  it('counts no copy of a sum again where a sub-agent of the original comes', async () => {
    const whole = { quality: 'sessionTotal', tokens: { output: 10 } } as const;
    const withSubAgents = { afterMs: 0, untilMs: 5, kept: [], withSubAgents: true } as const;
    await outputAfter({
      agent: 'copilot-cli',
      id: 'other',
      session: 'other',
      at: 5,
      ...whole,
      dropped: withSubAgents,
    });
    const dropped = { afterMs: 0, untilMs: 9, kept: [] };
    const sums = (['roo-code', 'zoo-code'] as const).map((agent) => ({
      ...{ agent, id: 'sum', session: 'above', at: 9, ...whole, dropped },
    }));
    const below = { id: 'below/1', session: 'below', at: 20, tokens: { output: 1 } };
    const link = { session: 'below', facts: { parentKey: 'above' } };
    await outputAfter(...sums, { agent: 'zoo-code', ...below }, { agent: 'zoo-code', ...link });
    assert.deepEqual(await outputAfter({ agent: 'roo-code', ...below }), {
      'copilot-cli': 10,
      'roo-code': 11,
    });
  });

  it('counts the copy of a request that had not ended when it was last looked at', async () => {
    const begun = { ...first, tokens: { output: null }, quality: 'partial' } as const;
    assert.deepEqual(await outputAfter(copyOf(begun), copyOf(second), begun), {
      'zoo-code': 2,
      'roo-code': 0,
    });
    assert.deepEqual(await outputAfter(copyOf(first)), { 'zoo-code': 3, 'roo-code': 0 });
    assert.deepEqual(await outputAfter(first), { 'zoo-code': 2, 'roo-code': 1 });
  });

  it('is another than one of the same key that nobody takes over', async () => {
    const other: FakeLine = { ...first, agent: 'cline' };
    assert.deepEqual(await outputAfter(first, other), { cline: 1, 'roo-code': 1 });
  });

  it('is written no more where nothing about it has changed', async () => {
    await outputAfter(first, second, copyOf(first), copyOf(second));
    const written = writesOf(db);
    await outputAfter(goneOn);
    assert.deepEqual(written(), []);
  });

  it('counts by the copy again where the original turns out to be of another time', async () => {
    await outputAfter(first, copyOf(first));
    const moved = await outputAfter({ ...first, at: 11, tokens: { output: 3 } });
    assert.deepEqual(moved, { 'roo-code': 3, 'zoo-code': 1 });
  });

  it('counts once after the ledger was damaged', async () => {
    await outputAfter(...copies, ...originals, goneOn);
    const path = join(world.data, 'damaged.sqlite');
    db.run('VACUUM INTO ?', path);
    const rescued = world.open();
    rescue(sqlite(), path, rescued, onePicoEach);
    assert.deepEqual(dump(rescued).receipts, dump(db).receipts);
  });
});

function outputByAgent(db: Database): Record<string, number> {
  const rows = db.all<{ agent: string; output: number }>(`
    SELECT agent, ifnull(sum(output), 0) AS output FROM counted JOIN session ON session.id = counted.session
    GROUP BY agent ORDER BY agent`);
  return Object.fromEntries(rows.map(({ agent, output }) => [agent, output]));
}
