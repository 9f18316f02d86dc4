import assert from 'node:assert/strict';
import { pico } from '../../../src/domain/money.ts';
import { addTotals, noTotals } from '../../../src/domain/totals.ts';
import { clockProblem } from '../../../src/ledger/clock.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { totalByModel, totalOf } from '../../../src/ledger/hourly.ts';
import { countRoots, newestRoots, rootsActiveSince } from '../../../src/ledger/roots.ts';
import { sessionTrees } from '../../../src/ledger/sessionTrees.ts';
import type { SessionNode } from '../../../src/ledger/views.ts';
import { type FakeLine, toLog } from './fakeReader.ts';
import { onePicoEach, World } from './world.ts';

const nowMs = 10_000_000;
const receipt = (id: string, session: string, at: number, rest: Partial<FakeLine> = {}): FakeLine => ({
  id,
  session,
  at,
  ...rest,
});
const child = (session: string, parentKey: string): FakeLine => ({ session, facts: { parentKey } });

describe('session trees', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = (...lines: readonly FakeLine[]) => world.read(db, lines);

  const trees = (limit = 100): readonly SessionNode[] => sessionTrees(db, newestRoots(db, limit), nowMs);
  const keys = (nodes: readonly SessionNode[]) => nodes.map(({ key }) => key);

  it('come newest first by what was logged last in any part of them', async () => {
    await read(
      receipt('1', 'old', 100),
      receipt('2', 'young', 200),
      receipt('3', 'part', 300),
      child('part', 'old'),
    );
    assert.deepEqual(keys(trees()), ['old', 'young']);
    assert.deepEqual(keys(trees(1)), ['old']);
    assert.deepEqual([trees()[0]?.startedMs, trees()[0]?.lastMs], [100, 300]);
    assert.equal(countRoots(db), 2);
  });

  it('date a sub-agent that has logged nothing by the session that started it', async () => {
    await read(receipt('1', 'top', 500), child('silent', 'top'));
    assert.deepEqual(
      trees()[0]?.subAgents.map(({ key, startedMs, lastMs }) => [key, startedMs, lastMs]),
      [['silent', 500, 500]],
    );
  });

  it('add sub-agents up, at every depth', async () => {
    await read(
      receipt('1', 'root', 1, { tokens: { output: 1 } }),
      receipt('2', 'middle', 1, { tokens: { output: 10 } }),
      receipt('3', 'leaf', 1, { tokens: { output: 100 } }),
      child('leaf', 'middle'),
      child('middle', 'root'),
    );
    const [root] = trees();
    const middle = root?.subAgents[0];
    assert.deepEqual(
      [root, middle, middle?.subAgents[0]].map((node) => [node?.own.cost, node?.tree.cost]),
      [
        [1n, 111n],
        [10n, 110n],
        [100n, 100n],
      ],
    );
  });

  it('give a sub-agent whose parent has left no log a parent without facts', async () => {
    await read(receipt('1', 'leaf', 70), child('leaf', 'lost'));
    const [lost] = trees();
    assert.deepEqual([lost?.key, lost?.title, lost?.startedMs, lost?.tree.receipts], ['lost', null, 70, 1]);
    assert.equal(countRoots(db), 1);
  });

  it('end where parents claim each other', async () => {
    await read(receipt('1', 'a', 1), receipt('2', 'b', 2), child('a', 'b'), child('b', 'a'));
    assert.deepEqual(
      trees().map((node) => [node.key, keys(node.subAgents)]),
      [['a', ['b']]],
    );
  });

  it('hold any depth of nesting without nesting answers so deep', async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => [
      receipt(`r${n}`, `s${n}`, n + 1),
      child(`s${n}`, `s${n + 1}`),
    ]).flat();
    await read(...lines);
    const [root, ...others] = trees();
    assert.deepEqual([others.length, root?.tree.receipts], [0, 2_000]);
    assert.ok(root !== undefined && depthOf(root) < 20);
  });

  it('list the models by how often they answered', async () => {
    await read(
      receipt('1', 's', 1, { model: 'rare' }),
      receipt('2', 's', 1, { model: 'usual' }),
      receipt('3', 's', 1, { model: 'usual' }),
      receipt('4', 's', 1, { model: '' }),
    );
    assert.deepEqual(trees()[0]?.models, ['usual', 'rare']);
  });

  for (const [what, isTurnOpen, lastMs, isRunning] of [
    ['a turn is open and was written to just now', true, nowMs - 1, true],
    ['a turn is open but nothing was written for ten minutes', true, nowMs - 600_000, false],
    ['no turn is open', false, nowMs - 1, false],
    ['a turn is open whose last line is dated far after now', true, nowMs + 600_000, false],
  ] as const) {
    it(`are ${isRunning ? '' : 'not '}running when ${what}`, async () => {
      await read({ session: 's', facts: { isTurnOpen, atMs: lastMs } });
      assert.equal(trees()[0]?.isRunning, isRunning);
    });
  }

  it('run while a sub-agent does', async () => {
    await read(child('part', 's'), { session: 'part', facts: { isTurnOpen: true, atMs: nowMs } });
    assert.equal(trees()[0]?.isRunning, true);
  });

  it('are not widened by records copied from another session', async () => {
    await read(receipt('1', 'fork', 500), receipt('2', 'fork', 100, { claim: 'copied' }));
    assert.equal(trees()[0]?.startedMs, 500);
  });

  it('show a session that is known only by what a fork copied from it', async () => {
    await read(
      receipt('1', 'fork', 500),
      receipt('2', 'parent', 600, { claim: 'copied' }),
      receipt('3', 'parent', 550, { claim: 'copied' }),
    );
    const span = ({ key, startedMs, lastMs, own }: SessionNode) => [key, startedMs, lastMs, own.receipts];
    assert.deepEqual(trees().map(span), [
      ['parent', 550, 600, 2],
      ['fork', 500, 500, 1],
    ]);
    assert.deepEqual([keys(trees(1)), countRoots(db)], [['parent'], 2]);
    assert.deepEqual(
      [500, 501, 601].map((sinceMs) => rootsActiveSince(db, sinceMs).length),
      [2, 1, 0],
    );
    world.write('parent.log', toLog(receipt('2', 'parent', 100), receipt('3', 'parent', 110)));
    await world.scan(db);
    assert.deepEqual(trees().map(span), [
      ['fork', 500, 500, 1],
      ['parent', 100, 110, 2],
    ]);
  });

  it('show no session of which nothing but its name is known', async () => {
    await read(child('part', 'lost'));
    assert.deepEqual([keys(trees()), countRoots(db)], [[], 0]);
  });

  it('count a session of which only a sub-agent of a sub-agent left a log', async () => {
    await read(
      receipt('1', 'leaf', 70, { claim: 'copied' }),
      child('leaf', 'middle'),
      child('middle', 'lost'),
    );
    assert.deepEqual([keys(trees()), countRoots(db)], [['lost'], 1]);
  });

  it('keep unknown counts and missing prices apart from zero', async () => {
    await read(
      receipt('1', 's', 1, { tokens: { output: 5, cacheRead: null } }),
      receipt('2', 's', 1, { model: 'unknown', tokens: { output: 7, uncachedInput: 3 } }),
    );
    const { own } = trees()[0] ?? {};
    assert.deepEqual(
      [own?.receipts, own?.partialReceipts, own?.cost, own?.unpricedReceipts, own?.unpricedTokens],
      [2, 1, 5n, 1, 10],
    );
  });

  it('agree with the totals of days and models', async () => {
    const lines = Array.from({ length: 200 }, (_, n) =>
      receipt(`r${n % 150}`, `s${n % 9}`, 1_000 * n, {
        model: n % 3 === 0 ? 'unknown' : 'known',
        tokens: { output: n, cacheRead: n % 5 === 0 ? null : 2 * n, reasoning: n % 2 },
      }),
    );
    await read(...lines, child('s1', 's0'), child('s2', 's1'));
    const bySession = trees()
      .map((node) => node.tree)
      .reduce(addTotals, noTotals);
    const byModel = [...totalByModel(db, { startMs: 0, endMs: 4e12 }).values()].reduce(addTotals, noTotals);
    const days = Array.from({ length: 20 }, (_, n) => ({ startMs: n * 10_000, endMs: (n + 1) * 10_000 }));
    const byDay = days.map((day) => totalOf(db, day)).reduce(addTotals, noTotals);
    assert.equal(bySession.receipts, 150);
    assert.deepEqual([byModel, byDay], [bySession, bySession]);
  });

  it('sum more money than 64 bits hold', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => receipt(`r${n}`, 's', 1));
    world.write('x.log', toLog(...lines));
    const dear = pico(2n ** 60n + 12_345n);
    await world.scan(db, undefined, { ...onePicoEach, price: () => dear });
    assert.equal(trees()[0]?.own.cost, 40n * dear);
  });

  it('show a clock that was set back by the newest receipt', async () => {
    await read(receipt('1', 's', nowMs));
    assert.equal(clockProblem(db, nowMs - 60_000), null);
    assert.deepEqual(clockProblem(db, nowMs - 60_001), { kind: 'clockSetBack', aheadMs: 60_001 });
  });
});

function depthOf(node: SessionNode): number {
  return 1 + Math.max(0, ...node.subAgents.map(depthOf));
}
