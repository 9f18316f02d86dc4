import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { rateWindowMs } from '../../../src/budgets/rate.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { loadBudgets } from '../../../src/oversight/budgetsInForce.ts';
import { BudgetKeeper } from '../../../src/workers/budgetKeeper.ts';
import type { BudgetEvent } from '../../../src/workers/budgetProtocol.ts';
import { House, hourMs, micro, minuteMs, noonMs } from '../oversight/house.ts';

const agent = 'claude-code';
const session = { agent, key: 's' } as const;
const dollars = (micros: number) => micros / 1_000_000;

describe('the keeper of budgets', () => {
  let house: House;
  let keeper: BudgetKeeper;
  let events: BudgetEvent[];
  let changes: number;
  let stored: number[];

  beforeEach(() => {
    house = new House();
    events = [];
    changes = 0;
    stored = [];
    keeper = keeperOf(house);
  });
  afterEach(() => {
    keeper.stop();
    house.dispose();
  });

  function keeperOf({ db }: House): BudgetKeeper {
    return new BudgetKeeper({
      query: (ask) => ask(db),
      calendar: () => house.calendar,
      now: () => house.nowMs,
      emit: (event) => events.push(event),
      onChanged: () => changes++,
      onStored: () => stored.push(loadBudgets(db).length),
    });
  }

  const set = (value: unknown, project: string | null = null, source = 'user') =>
    keeper.configure([{ source, project, value }], {}, '/home/me');
  const watch = () => {
    keeper.touch();
    keeper.watch();
    return events.splice(0);
  };

  it('tells how all budgets stand, which entries are wrong and how far the first sessions are', async () => {
    set([
      { per: 'day', limit: dollars(100) },
      { per: 'year', limit: 1 },
      { per: 'session', limit: dollars(50) },
    ]);
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    await house.spend('s', 10, { at: noonMs - 5 * minuteMs });
    await house.spend('old', 10, { at: noonMs - 2 * hourMs });
    const overview = await keeper.handlers().budgets(null);
    const spent = overview.standings.map((standing) => [
      standing.session?.key,
      Number(standing.spent) / micro,
    ]);
    assert.deepEqual(spent, [
      [undefined, 20],
      ['s', 10],
    ]);
    assert.deepEqual(overview.wrong, [{ source: 'user', index: 1, fault: 'per' }]);
    assert.deepEqual(overview.epochs, [{ projectPath: '/work', sessions: 0, of: 20 }]);
    assert.equal(overview.clock?.standing.session?.key, 's');
  });

  it('puts the budgets of settings in force for all, and in a ledger that was opened anew', async () => {
    set([{ per: 'day', limit: 1 }], '/work/tide', '/work/tide');
    await keeper.handlers().budgets(null);
    const sources = ({ db }: House) =>
      db.all<{ source: string }>('SELECT source FROM budget').map((row) => row.source);
    assert.deepEqual(sources(house), ['/work/tide']);
    set([], '/work/tide', '/work/tide');
    await keeper.handlers().budgets(null);
    assert.deepEqual(sources(house), []);
    const other = new House();
    let { db } = house;
    const moving = new BudgetKeeper({
      query: (ask) => ask(db),
      calendar: () => house.calendar,
      now: () => noonMs,
      emit() {},
      onChanged() {},
      onStored() {},
    });
    moving.configure([{ source: 'user', project: null, value: [{ per: 'day', limit: 1 }] }], {}, '/home/me');
    for (const next of [house, other]) {
      db = next.db;
      await moving.handlers().budgets(null);
      assert.deepEqual(sources(next), ['user']);
    }
    other.dispose();
  });

  it('says that guards judge by other budgets when they are stored, and not before', async () => {
    const { budgets } = keeper.handlers();
    for (const value of [[{ per: 'day', limit: 1 }], []]) {
      const before = stored.length;
      set(value);
      assert.equal(stored.length, before);
      await budgets(null);
      await budgets(null);
    }
    assert.deepEqual(stored, [1, 0]);
  });

  it('holds budgets that cannot be stored now, and stores them later', async () => {
    set([{ per: 'day', limit: 1 }]);
    const write = mock.method(house.db, 'write', () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    });
    const count = async () => (await keeper.handlers().budgets(null)).standings.length;
    const stored = () => house.db.all('SELECT * FROM budget').length;
    assert.deepEqual([await count(), stored()], [1, 0]);
    write.mock.restore();
    assert.deepEqual([await count(), stored()], [1, 1]);
  });

  it('cannot be loosened by a workspace', async () => {
    await house.read({ session: 's', facts: { projectPath: '/work/tide' } });
    await house.spend('s', 10);
    const entries = (limit: number, extra: object = {}) => [
      { per: 'day', limit: dollars(limit), project: '/work/tide', ...extra },
    ];
    keeper.configure(
      [
        { source: 'user', project: null, value: entries(10) },
        { source: '/work/tide', project: '/work/tide', value: entries(1_000, { stop: false }) },
        { source: '/elsewhere', project: '/elsewhere', value: entries(1) },
        { source: '/work/tide/sub', project: '/work/tide', value: [...entries(1, { paused: true })] },
      ],
      {},
      '/home/me',
    );
    const { standings, wrong } = await keeper.handlers().budgets(null);
    assert.deepEqual(
      standings.map(({ level, budget }) => [level, budget.stops]),
      [['over', true]],
    );
    assert.deepEqual(
      wrong.map(({ source, fault }) => [source, fault]),
      [
        ['/elsewhere', 'project'],
        ['/work/tide/sub', 'weaker'],
      ],
    );
  });

  it('tells of a crossing with its cause, once', async () => {
    set([{ per: 'session', limit: dollars(10) }]);
    await house.spend('s', 10, { model: 'opus' });
    const [event, ...more] = watch();
    assert.ok(event?.type === 'budgetCrossed' && more.length === 0);
    assert.deepEqual(
      [event.standing.level, event.cause.session?.key, event.cause.model],
      ['over', 's', 'opus'],
    );
    assert.deepEqual(watch(), []);
  });

  it('looks at nothing when nothing was stored', async () => {
    set([{ per: 'session', limit: dollars(10) }]);
    keeper.watch();
    await house.spend('s', 10);
    keeper.watch();
    assert.deepEqual(events, []);
    assert.equal(watch().length, 1);
  });

  it('holds a session without a budget against the past of its project', async () => {
    set([]);
    const lines = Array.from({ length: 20 }, (_, n) => [
      { session: `old ${n}`, facts: { projectPath: '/work' } },
      { id: `old ${n}`, session: `old ${n}`, at: noonMs - hourMs, tokens: { output: micro } },
    ]);
    await house.read(...lines.flat(), { session: 's', facts: { projectPath: '/work' } });
    await house.spend('s', 3);
    const steps = watch().map((event) => event.type === 'estimateCrossed' && event.standing.step);
    assert.deepEqual(steps, ['unknownTrouble']);
    set([{ per: 'session', limit: 5 }]);
    assert.deepEqual((await keeper.handlers().budgets(null)).estimates, []);
  });

  it('stops a session by hand, tells that it did not hold, and lets it go on', async () => {
    set([]);
    await house.spend('s', 1);
    const { stopSession, releaseSession } = keeper.handlers();
    const shown = () =>
      keeper.ofSessions(house.db, newestRoots(house.db, 9))(newestRoots(house.db, 9)[0] ?? 0).stop;
    assert.equal(await stopSession({ session }), true);
    assert.deepEqual(shown(), { atMs: noonMs, isHeld: true });
    for (const minutes of [1, 2]) await house.spend('s', 1, { at: noonMs + minutes * minuteMs });
    assert.deepEqual(watch(), [
      {
        type: 'stopDidNotHold',
        stop: { session, atMs: noonMs, reason: 'hand', calls: 2, interruptedMs: null },
      },
    ]);
    assert.deepEqual(shown(), { atMs: noonMs, isHeld: false });
    assert.deepEqual(await releaseSession({ session }), { released: 1 });
    assert.equal(shown(), null);
    assert.deepEqual(watch(), []);
  });

  it('shows the worst of a session’s own budgets, and none that is paused', async () => {
    set([
      { per: 'session', limit: dollars(100) },
      { per: 'session', limit: dollars(10), agent },
      { per: 'session', limit: dollars(1), model: '*', paused: true },
      { per: 'day', limit: dollars(1) },
    ]);
    await house.spend('s', 9);
    const roots = newestRoots(house.db, 9);
    const { budget } = keeper.ofSessions(house.db, roots)(roots[0] ?? 0);
    assert.deepEqual([budget?.level, budget?.budget.scope], ['near', { agent }]);
    assert.deepEqual(keeper.ofSessions(house.db, roots)(-1), { budget: null, stop: null });
  });

  it('resets, raises and snoozes, and says that something changed', async () => {
    set([{ per: 'session', limit: dollars(10) }]);
    await house.spend('s', 10);
    const { resetBudget, raiseBudget, snooze, budgets } = keeper.handlers();
    const [standing] = (await budgets(null)).standings;
    const budget = standing?.budget.id ?? '';
    const before = changes;
    assert.equal(await raiseBudget({ budget, session, by: BigInt(90 * micro) }), BigInt(100 * micro));
    assert.equal((await budgets(null)).standings[0]?.level, 'within');
    assert.equal(await raiseBudget({ budget: 'another', session, by: 1n }), null);
    assert.deepEqual(await resetBudget({ budget, session }), { reset: 1 });
    assert.deepEqual(await resetBudget({ budget: null, session }), { reset: 0 });
    assert.ok(changes > before);
    await snooze({ budget: null, session: null, untilMs: noonMs + hourMs });
    await snooze({ budget: null, session: { agent, key: 'nobody' }, untilMs: noonMs + hourMs });
    await snooze({ budget, session: null, untilMs: noonMs + 1 });
    const snoozed = [
      { budget: null, untilMs: noonMs + hourMs },
      { budget, untilMs: noonMs + 1 },
    ];
    assert.deepEqual((await budgets(null)).snoozes, snoozed);
    await house.spend('s', 10);
    assert.deepEqual(watch(), []);
    house.nowMs += hourMs;
    assert.deepEqual((await budgets(null)).snoozes, []);
    await house.spend('s', 10);
    assert.equal(watch().length, 1);
  });

  it('suggests what the past would seldom have crossed', async () => {
    set([]);
    for (let n = 1; n <= 9; n++) await house.spend(`s${n}`, n, { at: noonMs - hourMs });
    const suggestion = await keeper
      .handlers()
      .suggestLimit({ span: { kind: 'session' }, unit: 'list', scope: {} });
    assert.deepEqual(suggestion, { limit: BigInt(9 * micro), samples: 9 });
  });

  it('warns of a bug, and leaves faults of the database to the ledger', async () => {
    const warn = mock.method(process, 'emitWarning', () => {});
    const fails = (error: Error) =>
      new BudgetKeeper({
        query: () => {
          throw error;
        },
        calendar: () => house.calendar,
        now: () => noonMs,
        emit() {},
        onChanged() {},
        onStored() {},
      });
    fails(new Error('a bug')).watch();
    assert.equal(warn.mock.callCount(), 1);
    const busy = Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
    assert.throws(() => fails(busy).watch(), /locked/);
    assert.equal(warn.mock.callCount(), 1);
    warn.mock.restore();
  });

  it('knows nothing while there is no ledger', async () => {
    const without = new BudgetKeeper({
      query: (_, nothing) => nothing,
      calendar: () => house.calendar,
      now: () => noonMs,
      emit() {},
      onChanged() {},
      onStored() {},
    });
    without.configure([{ source: 'user', project: null, value: 7 }], {}, '/home/me');
    const nothing = {
      budgets: [],
      standings: [],
      clock: null,
      crossed: [],
      rateWindowMs,
      estimates: [],
      snoozes: [],
      epochs: [],
    };
    const wrong = [{ source: 'user', index: -1, fault: 'shape' }];
    const handlers = without.handlers();
    assert.deepEqual(await handlers.budgets(null), { ...nothing, wrong });
    assert.deepEqual(await handlers.resetBudget({ budget: null, session: null }), { reset: 0 });
    assert.equal(await handlers.stopSession({ session }), false);
    assert.deepEqual(await handlers.releaseSession({ session: null }), { released: 0 });
  });
});
