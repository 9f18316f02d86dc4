import assert from 'node:assert/strict';
import type { AgentId } from '../../../src/domain/agent.ts';
import { sumHours } from '../../../src/ledger/hourly.ts';
import { loadBudgets } from '../../../src/oversight/budgetsInForce.ts';
import { raiseBudget } from '../../../src/oversight/raises.ts';
import { resetBudgets } from '../../../src/oversight/resets.ts';
import type { FakeLine } from '../ledger/fakeReader.ts';
import { Random } from '../ledger/random.ts';
import { House, hourMs, micro, minuteMs, noonMs } from './house.ts';

const agent = 'claude-code';

describe('standings', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  const reset = (budget: string | null, key: string | null, whose: AgentId = agent) =>
    resetBudgets(
      house.db,
      loadBudgets(house.db),
      { budget, session: key === null ? null : { agent: whose, key } },
      house.around,
    );
  const sumsKept = () => {
    const sql = 'SELECT DISTINCT reset_ms FROM sum_at_reset ORDER BY reset_ms';
    return house.db.all<{ reset_ms: number }>(sql).map(({ reset_ms }) => reset_ms);
  };
  const idOf = (per: string) => loadBudgets(house.db).find(({ id }) => id.startsWith(`["${per}"`))?.id ?? '';

  it('charge sub-agents to the session that started them', async () => {
    house.budgets({ per: 'session', limit: 1 });
    await house.read({ session: 'part', facts: { parentKey: 'root' } });
    await house.read({ session: 'deep', facts: { parentKey: 'part' } });
    for (const session of ['root', 'part', 'deep', 'other']) await house.spend(session, 10);
    assert.deepEqual(house.spent(), { root: 30, other: 10 });
  });

  it('count a day, a week, a month and a rolling window each by itself', async () => {
    house.budgets(
      { per: 'day', limit: 1 },
      { per: 'week', limit: 1 },
      { per: 'month', limit: 1 },
      { per: '5h', limit: 1 },
    );
    const hoursAgo: readonly (readonly [number, number])[] = [
      [1, 1],
      [6, 2],
      [13, 4],
      [59, 8],
      [61, 16],
      [14 * 24 + 11, 32],
      [14 * 24 + 13, 64],
    ];
    for (const [hours, micros] of hoursAgo) await house.spend('s', micros, { at: noonMs - hours * hourMs });
    assert.deepEqual(house.spent(), { '5h': 1, day: 3, week: 15, month: 63 });
    await sumHours(house.db, () => true);
    assert.deepEqual(house.spent(), { '5h': 1, day: 3, week: 15, month: 63 });
  });

  it('begin weeks and days where the calendar does, across a change of summer time', async () => {
    house.budgets({ per: 'day', limit: 1 }, { per: 'week', limit: 1 });
    house.calendar = { timeZone: 'Europe/Berlin', weekStart: 7 };
    // Sunday 29 March 2026, of 23 hours in Berlin, begins at 23:00 UTC and ends at 22:00.
    const startMs = Date.UTC(2026, 2, 28, 23);
    house.nowMs = startMs + 12 * hourMs;
    const times = [startMs - 1, startMs, startMs + 23 * hourMs - 1, startMs + 23 * hourMs];
    for (const [index, at] of times.entries()) await house.spend('s', 10 ** index, { at });
    assert.deepEqual(house.spent(), { day: 110, week: 1_110 });
    const [day] = house.standings();
    assert.deepEqual(day?.period, { startMs, endMs: startMs + 23 * hourMs });
    assert.equal(day?.nextResetMs, startMs + 23 * hourMs);
    house.calendar = { ...house.calendar, weekStart: 1 };
    assert.deepEqual(house.spent(), { day: 110, week: 111 });
  });

  it('tell how far it has come, and that what is spent is a lower bound', async () => {
    house.budgets({ per: 'session', limit: 0.00001 });
    const levels = [];
    for (const micros of [7, 1, 1.5, 0.5]) {
      await house.spend('s', micros);
      levels.push(house.standings()[0]?.level);
    }
    assert.deepEqual(levels, ['within', 'near', 'wrapUp', 'over']);
    assert.equal(house.standings()[0]?.isLowerBound, false);
    await house.spend('s', 1, { model: 'unknown' });
    assert.equal(house.standings()[0]?.isLowerBound, true);
  });

  it('tell use that is paid by the token from use under a plan', async () => {
    house.budgets(
      { per: 'day', unit: 'paid', limit: 1 },
      { per: 'week', unit: 'plan', limit: 1 },
      { per: 'month', unit: 'list', limit: 1 },
      { per: 'session', unit: 'paid', limit: 1 },
    );
    await house.read({ session: 'under', facts: { account: 'plan' } });
    await house.spend('under', 1);
    await house.spend('untold', 10);
    assert.deepEqual(house.spent(), { day: 10, week: 1, month: 11, untold: 10 });
    house.accounts = { [agent]: 'api' };
    assert.deepEqual(house.spent(), { day: 11, week: 0, month: 11, untold: 10, under: 1 });
  });

  it('count tokens, and the credits that an agent logs', async () => {
    house.budgets({ per: 'day', unit: 'tokens', limit: 5 }, { per: 'week', unit: 'credits', limit: 5 });
    await house.read({
      id: 'a',
      session: 'chat',
      agent: 'copilot-cli',
      at: noonMs,
      reported: 7,
      tokens: { output: 3 },
    });
    await house.read({ id: 'b', session: 's', at: noonMs, reported: 9, tokens: { cacheRead: 5, output: 4 } });
    const amounts = house.standings().map(({ spent, isLowerBound }) => [spent, isLowerBound]);
    assert.deepEqual(amounts, [
      [12n, false],
      [7n, false],
    ]);
  });

  it('count an agent, a folder or models alone', async () => {
    await house.read({ session: 'mine', facts: { projectPath: '/work/tide/sub' } });
    await house.read({ session: 'part', facts: { parentKey: 'mine' } });
    await house.read({ session: 'yours', facts: { projectPath: '/work/tidewater' } });
    await house.spend('mine', 1, { model: 'gpt-5' });
    await house.spend('part', 10, { model: 'gpt-5-codex' });
    await house.spend('yours', 100, { model: 'sonnet' });
    await house.spend('theirs', 1_000, { agent: 'aider', model: 'gpt-5' });
    const spentBy = (scope: object) => {
      house.budgets({ per: 'day', limit: 1, ...scope }, { per: 'session', limit: 1, ...scope });
      return house.spent();
    };
    assert.deepEqual(spentBy({ project: '/work/tide' }), { day: 11, mine: 11 });
    assert.deepEqual(spentBy({ agent: 'aider' }), { day: 1_000, theirs: 1_000 });
    assert.deepEqual(spentBy({ model: 'gpt-5*' }), { day: 1_011, mine: 11, yours: 0, theirs: 1_000 });
    assert.deepEqual(spentBy({ model: '*codex', project: '/work' }), { day: 10, mine: 10, yours: 0 });
  });

  it('count from a reset on whatever times bear what is read later, and keep what was spent before', async () => {
    house.budgets({ per: 'day', limit: 1 }, { per: 'session', limit: 1 });
    await house.spend('s', 1, { at: noonMs + hourMs });
    await house.spend('t', 2);
    assert.equal(reset(idOf('day'), null), 1);
    assert.deepEqual(house.spent(), { day: 0, s: 1, t: 2 });
    await house.spend('s', 4, { at: noonMs - hourMs });
    assert.deepEqual(house.spent(), { day: 4, s: 5, t: 2 });
    assert.equal(reset(null, 's'), 1);
    assert.deepEqual(house.spent(), { day: 4, s: 0, t: 2 });
    const records = house.db.all<object>('SELECT budget, number, last_receipt, spent FROM budget_reset');
    assert.deepEqual(
      records.map((row) => ({ ...row })),
      [
        { budget: idOf('day'), number: 1, last_receipt: 2, spent: String(3 * micro) },
        { budget: idOf('session'), number: 1, last_receipt: 3, spent: String(5 * micro) },
      ],
    );
    assert.equal(house.standings()[0]?.period?.startMs, noonMs);
  });

  it('count from a reset on what sums of whole sessions, and responses being logged, grow by', async () => {
    house.budgets(
      { per: 'day', limit: 1 },
      { per: 'month', limit: 9, unit: 'tokens' },
      { per: 'session', limit: 1 },
      { per: 'week', limit: 1, agent: 'goose' },
    );
    const growTo = (micros: number, facts: Partial<FakeLine> = {}) =>
      house.spend('goose', micros, { id: 'sum', agent: 'goose', quality: 'sessionTotal', ...facts });
    await growTo(5, { at: noonMs - 5 * hourMs });
    await house.spend('s', 1, { id: 'streamed' });
    reset(null, null);
    assert.deepEqual(house.spent(), { day: 0, month: 0, week: 0, goose: 0, s: 0 });
    await growTo(7, { at: noonMs - hourMs });
    await house.spend('s', 4, { id: 'streamed' });
    await house.spend('s', 10);
    house.nowMs += 1;
    assert.deepEqual(house.spent(), { day: 15, month: 15, week: 2, goose: 2, s: 13 });
    reset(idOf('session'), 'goose', 'goose');
    await growTo(8);
    assert.deepEqual(house.spent(), { day: 16, month: 16, week: 3, goose: 1, s: 13 });
    assert.deepEqual(sumsKept(), [noonMs, noonMs + 1]);
    house.nowMs += 1;
    reset(null, null);
    assert.deepEqual(house.spent(), { day: 0, month: 0, week: 0, goose: 0, s: 0 });
    assert.deepEqual(sumsKept(), [noonMs + 2], 'those of earlier resets count no more');
  });

  it('take no price that was changed since a reset for spending', async () => {
    house.budgets({ per: 'day', limit: 1 }, { per: 'session', limit: 1 });
    await house.spend('goose', 5, { id: 'sum', agent: 'goose', quality: 'sessionTotal' });
    reset(null, null);
    house.db.write(() => house.db.run('UPDATE receipt SET cost_pico = 2 * cost_pico'));
    assert.deepEqual(house.spent(), { day: 0, goose: 0 });
  });

  it('are all reset together, but for those in which nothing was spent', async () => {
    house.budgets({ per: 'day', limit: 1 }, { per: 'week', limit: 1 }, { per: 'session', limit: 1 });
    await house.spend('s', 1);
    await house.spend('t', 1, { at: noonMs - 30 * hourMs });
    assert.equal(reset(idOf('session'), null), 2);
    assert.equal(reset(null, null), 2);
    assert.equal(reset(null, null), 0);
    assert.equal(reset(null, 'nobody'), 0);
    assert.equal(reset('no budget', null), 0);
    assert.deepEqual(house.spent(), { day: 0, week: 0, s: 0, t: 0 });
  });

  it('forget the reset of a day with the day', async () => {
    house.budgets({ per: 'day', limit: 1 });
    await house.spend('s', 1);
    reset(idOf('day'), null);
    await house.spend('s', 2, { at: noonMs + 13 * hourMs });
    house.nowMs += 24 * hourMs;
    assert.deepEqual(house.spent(), { day: 2 });
    assert.equal(house.standings()[0]?.period?.startMs, noonMs + 12 * hourMs);
  });

  it('are raised in a rolling window for as long as it is', async () => {
    const [budget] = house.budgets({ per: '5h', limit: 0.000002 });
    assert.ok(budget);
    const raise = () => raiseBudget(house.db, budget, null, BigInt(3 * micro), house.around);
    const limit = () => Number(house.standings()[0]?.limit) / micro;
    raise();
    assert.equal(limit(), 5);
    house.nowMs += 5 * hourMs - 1;
    assert.equal(limit(), 5);
    house.nowMs += 1;
    assert.equal(limit(), 2);
    raise();
    assert.equal(limit(), 5);
  });

  it('are raised until their period ends or they are reset, for one session or for all', async () => {
    house.budgets({ per: 'day', limit: 0.000002 }, { per: 'session', limit: 0.000001 });
    await house.spend('s', 4);
    await house.spend('t', 4);
    const raise = (per: string, key: string | null, by: number) => {
      const budget = loadBudgets(house.db).find(({ id }) => id === idOf(per));
      assert.ok(budget);
      const session = key === null ? null : ({ agent, key } as const);
      const limit = raiseBudget(house.db, budget, session, BigInt(by * micro), house.around);
      return limit === null ? null : Number(limit) / micro;
    };
    const limits = () => house.standings().map(({ limit }) => Number(limit) / micro);
    assert.deepEqual([raise('day', null, 1), raise('day', null, 2), raise('session', 's', 10)], [3, 5, 11]);
    assert.deepEqual(limits().sort(), [1, 11, 5]);
    assert.deepEqual(
      [
        raise('session', null, 1),
        raise('session', 'nobody', 1),
        raise('day', 'nobody', 1),
        raise('day', null, 0),
      ],
      [null, null, null, null],
    );
    reset(null, null);
    assert.deepEqual(limits().sort(), [1, 1, 2]);
    raise('day', null, 7);
    assert.deepEqual(limits().sort(), [1, 1, 9]);
    house.nowMs += 24 * hourMs;
    assert.deepEqual(limits().sort(), [1, 1, 2]);
  });

  it('hold a share of a plan by what agents report of windows that are not over', () => {
    house.budgets(
      { per: 'week', unit: 'planShare', limit: 80 },
      { per: '5h', unit: 'planShare', limit: 50, agent: 'codex' },
    );
    const report = (
      agentName: string,
      minutes: number,
      percent: number,
      resetsMs: number,
      atMs = noonMs - minuteMs,
    ) =>
      house.db.run(
        `INSERT INTO plan_reading (agent, plan, window, window_minutes, resets_ms, used_percent, first_ms, last_ms)
         VALUES (?, '', ?, ?, ?, ?, ?, ?)`,
        ...[agentName, `w${minutes}`, minutes, resetsMs, percent, atMs, atMs],
      );
    const shown = () =>
      house
        .standings()
        .map(({ spent, level, isLowerBound, asOfMs, nextResetMs }) => [
          Number(spent) / 10_000,
          level,
          isLowerBound,
          asOfMs,
          nextResetMs,
        ]);
    const unknown = [0, 'within', true, null, null];
    assert.deepEqual(shown(), [unknown, unknown]);
    report('claude-code', 300, 99, noonMs + hourMs);
    report('codex', 300, 60, noonMs, noonMs - 9 * minuteMs);
    report('codex', 10_080, 20, noonMs + hourMs);
    report('claude-code', 10_080, 79, noonMs + 2 * hourMs);
    assert.deepEqual(shown(), [unknown, [79, 'wrapUp', false, noonMs - minuteMs, noonMs + 2 * hourMs]]);
    assert.deepEqual(house.standings()[1]?.period, {
      startMs: noonMs + 2 * hourMs - 10_080 * minuteMs,
      endMs: noonMs + 2 * hourMs,
    });
    report('codex', 300, 55, noonMs + hourMs, noonMs - 5 * minuteMs);
    report('codex', 300, 57.5, noonMs + hourMs + minuteMs, noonMs - 4 * minuteMs);
    const [fiveHours] = house.standings();
    assert.deepEqual(
      [Number(fiveHours?.spent) / 10_000, fiveHours?.level, fiveHours?.leftMs],
      [57.5, 'over', 0],
    );
    assert.ok((fiveHours?.ratePerHour ?? 0n) > 0n);
  });

  it('have a rate and the time that is left, of what each counts', async () => {
    house.budgets(
      { per: 'day', limit: 1 },
      { per: 'session', limit: 0.001 },
      { per: 'week', limit: 1, agent: 'codex' },
    );
    for (let minute = 20; minute >= 0; minute--) {
      await house.spend('s', 10, { at: noonMs - minute * minuteMs });
      await house.spend('t', 20, { at: noonMs - minute * minuteMs });
    }
    const rates = new Map(house.standings().map((each) => [each.session?.key ?? each.budget.span, each]));
    const perMinute = (name: unknown) => Number(rates.get(name as string)?.ratePerHour) / micro / 60;
    assert.ok(Math.abs(perMinute('s') - 10) < 2, `${perMinute('s')}`);
    assert.ok(Math.abs(perMinute('t') - 20) < 4, `${perMinute('t')}`);
    const leftMs = rates.get('s')?.leftMs ?? 0;
    assert.ok(leftMs > 60 * minuteMs && leftMs < 100 * minuteMs, `${leftMs / minuteMs} minutes`);
    const week = house.standings().find(({ budget }) => budget.scope.agent === 'codex');
    assert.deepEqual([week?.ratePerHour, week?.leftMs], [null, null]);
    house.nowMs += 20 * minuteMs;
    assert.deepEqual(new Set(house.standings().map(({ ratePerHour }) => ratePerHour)), new Set([null]));
  });

  it('leave a receipt that stands for a whole session out of rates', async () => {
    house.budgets({ per: 'day', limit: 1 });
    await house.spend('s', 10, { at: noonMs - 5 * minuteMs, quality: 'sessionTotal' });
    assert.deepEqual([house.spent(), house.standings()[0]?.ratePerHour], [{ day: 10 }, null]);
  });
});

describe('standings in any order', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

  it(`are the same, however what was spent came in (SEED=${seed})`, async () => {
    const random = new Random(seed);
    const lines: FakeLine[] = Array.from({ length: 120 }, (_, n) => ({
      id: `r${n}`,
      session: random.pick(['a', 'b', 'c', 'd']),
      at: noonMs - random.below(40 * 24 * hourMs) * (n % 2) - random.below(50 * minuteMs),
      model: random.pick(['gpt-5', 'sonnet', 'unknown']),
      tokens: { output: random.below(1_000) * micro },
    }));
    const facts: FakeLine[] = [
      { session: 'b', facts: { parentKey: 'a' } },
      { session: 'c', facts: { parentKey: 'b', projectPath: '/elsewhere' } },
      { session: 'a', facts: { projectPath: '/work/tide', account: 'plan' } },
      { session: 'd', facts: { projectPath: '/work' } },
    ];
    const seen = [];
    for (let round = 0; round < 4; round++) {
      const house = new House();
      house.budgets(
        ...['session', 'day', 'week', 'month', '3h'].flatMap((per) => [
          { per, limit: 0.01 },
          { per, limit: 100, unit: 'paid', project: '/work' },
          { per, limit: 100, unit: 'plan', model: '*5' },
        ]),
      );
      const all = random.shuffle([...lines, ...facts]);
      for (let from = 0; from < all.length; from += 31) {
        await house.read(...all.slice(from, from + 31));
        if (random.below(2) === 0) await sumHours(house.db, () => true);
      }
      seen.push(
        house
          .standings()
          .map((each) =>
            JSON.stringify(each, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
          )
          .sort(),
      );
      house.dispose();
    }
    for (const other of seen.slice(1)) assert.deepEqual(other, seen[0]);
    assert.ok((seen[0]?.length ?? 0) > 15);
  }).timeout(20_000);
});
