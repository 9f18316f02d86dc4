import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Database } from '../../../src/ledger/database.ts';
import { rescue } from '../../../src/ledger/rescue.ts';
import type { FakeLine } from './fakeReader.ts';
import { dump, onePicoEach, sqlite, World, writesOf } from './world.ts';

const hourMs = 3_600_000;

const asked: FakeLine = {
  agent: 'cline',
  id: 'task/1000',
  session: 'task',
  at: 1000,
  circumstances: { provider: 'claude-code' },
  tokens: { uncachedInput: 13, cacheRead: 15_000, cacheWriteUnknown: 700, output: 400 },
};
/** Of another provider: its time ends the wait for the first. */
const next: FakeLine = {
  ...asked,
  id: 'task/9000',
  at: 9000,
  circumstances: { provider: 'anthropic' },
  tokens: { output: 1 },
};
const made: FakeLine = {
  id: 'msg',
  request: 'req',
  session: 'run',
  at: 5000,
  tokens: { uncachedInput: 13, cacheRead: 15_000, cacheWrite5m: 500, cacheWrite1h: 200, output: 411 },
};

describe('a request that an agent has the program of another answer', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  async function outputAfter(...steps: readonly (readonly FakeLine[])[]): Promise<Record<string, number>> {
    for (const lines of steps) await world.read(db, lines);
    const rows = db.all<{ agent: string; output: number }>(`
      SELECT agent, sum(output) AS output FROM counted JOIN session ON session.id = counted.session GROUP BY agent`);
    return Object.fromEntries(rows.map(({ agent, output }) => [agent, output]));
  }

  const once = { cline: 1, 'claude-code': 411 };

  for (const [order, steps] of [
    ['the request, then the response', [[asked, next], [made]]],
    ['the response, then the request', [[made], [asked, next]]],
    ['all at once', [[next, made, asked]]],
    ['each twice', [[asked], [made], [asked, next], [made], [next]]],
  ] as const) {
    it(`counts once, by the log of the program: ${order}`, async () => {
      assert.deepEqual(await outputAfter(...steps), once);
    });
  }

  it('counts once where the agent has added up a response that it was told of again and again', async () => {
    const thrice = { uncachedInput: 39, cacheRead: 45_000, cacheWriteUnknown: 2100, output: 1200 };
    assert.deepEqual(await outputAfter([{ ...asked, tokens: thrice }, next], [made]), once);
    const unlike = { uncachedInput: 39, cacheRead: 30_000, cacheWriteUnknown: 2100, output: 1200 };
    assert.deepEqual(await outputAfter([{ ...asked, id: 'task/6000', at: 6000, tokens: unlike }]), {
      ...once,
      cline: 1201,
    });
  });

  it('counts once where a copy of it is all that is left, of a session without any times', async () => {
    assert.deepEqual(await outputAfter([{ ...asked, claim: 'copied' }], [made]), { 'claude-code': 411 });
  });

  it('counts where the program tells nothing', async () => {
    assert.deepEqual(await outputAfter([asked, next]), { cline: 401 });
  });

  it('counts beside a response to another prompt, or of another time, or that is shorter', async () => {
    const others: readonly FakeLine[] = [
      { ...made, id: 'prompt', tokens: { ...made.tokens, uncachedInput: 14 } },
      { ...made, id: 'read', tokens: { ...made.tokens, cacheRead: 15_001 } },
      { ...made, id: 'written', tokens: { ...made.tokens, cacheWrite1h: 201 } },
      { ...made, id: 'short', tokens: { ...made.tokens, output: 399 } },
      { ...made, id: 'early', at: 999 },
      { ...made, id: 'late', at: 9000 },
      { ...made, id: 'other', agent: 'codex' },
    ];
    for (const other of others) {
      assert.equal((await outputAfter([asked, next, other])).cline, 401, other.id);
    }
    assert.equal((await outputAfter([{ ...asked, circumstances: {} }, next])).cline, 401);
  });

  it('is waited for no longer than an hour, and told by nothing where no prompt was cached', async () => {
    assert.equal((await outputAfter([asked, { ...made, at: 1000 + hourMs }])).cline, 400);
    const [small, answer] = [asked, made].map((line) => ({
      ...line,
      id: `${line.id} small`,
      session: 'small',
      tokens: { uncachedInput: 13, output: 400 },
    }));
    assert.ok(small && answer);
    assert.equal((await outputAfter([small, answer])).cline, 800);
    assert.equal((await outputAfter([{ ...made, id: 'in time', at: 999 + hourMs }])).cline, 400);
  });

  it('counts again where the response turns out to be another', async () => {
    assert.deepEqual(await outputAfter([asked, next], [made]), once);
    const longer = { ...made, tokens: { ...made.tokens, cacheRead: 16_000, output: 500 } };
    assert.deepEqual(await outputAfter([longer]), { cline: 401, 'claude-code': 500 });
  });

  it('counts once beside another of the same moment', async () => {
    const other = { ...asked, id: 'task/1000 too', circumstances: {}, tokens: { output: 7 } };
    assert.deepEqual(await outputAfter([asked, other, next, made]), { ...once, cline: 8 });
  });

  it('is written no more where nothing about it has changed', async () => {
    await outputAfter([asked, next, made]);
    const written = writesOf(db);
    await outputAfter([{ ...next, id: 'task/9500', at: 9500 }]);
    await outputAfter([{ ...made, id: 'later', at: 5500 }]);
    assert.deepEqual(written(), []);
  });

  it('counts again where the response turns out to be of another time', async () => {
    const early = { ...made, at: 5000 + 2 * hourMs };
    const request = { ...asked, at: early.at - 1000 };
    assert.deepEqual(await outputAfter([request, { ...next, at: 10 * hourMs }, early]), once);
    const longer = { ...made, tokens: { ...made.tokens, output: 500 } };
    assert.deepEqual(await outputAfter([longer]), { cline: 401, 'claude-code': 500 });
  });

  it('counts once after the ledger was damaged', async () => {
    await outputAfter([asked, next, made]);
    const path = join(world.data, 'damaged.sqlite');
    db.run('VACUUM INTO ?', path);
    const rescued = world.open();
    rescue(sqlite(), path, rescued, onePicoEach);
    assert.deepEqual(dump(rescued).receipts, dump(db).receipts);
  });
});
