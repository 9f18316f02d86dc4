import assert from 'node:assert/strict';
import type { Budget, Verdict } from '../../../src/domain/budget.ts';
import { storePlanReading } from '../../../src/ledger/planReadings.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { loadBudgets, storeBudgets, strictest } from '../../../src/oversight/budgetsInForce.ts';
import { raiseBudget } from '../../../src/oversight/raises.ts';
import { resetBudgets } from '../../../src/oversight/resets.ts';
import { findRoot } from '../../../src/oversight/sessionIds.ts';
import { standingsFor } from '../../../src/oversight/standingsFor.ts';
import {
  claimStopsThatDidNotHold,
  release,
  stopSession,
  stopsByHand,
  stopsThatDidNotHold,
} from '../../../src/oversight/stops.ts';
import { mayStartSession, mayStartSubAgent, verdictOn } from '../../../src/oversight/verdict.ts';
import { House, hourMs, micro, minuteMs, nameOf, noonMs } from './house.ts';

const agent = 'claude-code';
const dollars = (micros: number) => micros / 1_000_000;

describe('verdicts', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  const words = (verdict: Verdict) =>
    'standing' in verdict ? `${verdict.kind} by ${nameOf(verdict.standing)}` : verdict.kind;
  const on = (key: string) => words(verdictOn(house.db, { agent, key }, house.around));
  const subAgentOf = (key: string) => words(mayStartSubAgent(house.db, { agent, key }, house.around));
  const start = (projectPath: string | null = null) =>
    words(mayStartSession(house.db, { agent, projectPath }, house.around));

  it('allow, tell to conclude and stop as a session spends, its sub-agents likewise', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    const seen = [];
    for (const micros of [94, 1, 5]) {
      await house.spend('part', micros);
      seen.push(on('s'), on('part'));
    }
    assert.deepEqual(seen, ['allow', 'allow', 'wrapUp by s', 'wrapUp by s', 'stop by s', 'stop by s']);
    assert.equal(on('other'), 'allow');
  });

  it('go by the worst of all budgets that count the session', async () => {
    house.budgets({ per: 'session', limit: dollars(100) }, { per: 'day', limit: dollars(50) });
    await house.spend('s', 30);
    await house.spend('t', 30);
    assert.deepEqual([on('s'), on('t')], ['stop by day', 'stop by day']);
  });

  it('leave alone whom a budget does not count', async () => {
    await house.read({ session: 'under', facts: { account: 'plan', projectPath: '/work' } });
    await house.spend('under', 1, { model: 'gpt-5' });
    await house.spend('paid', 100, { model: 'sonnet' });
    const stopped = (scope: object) => {
      house.budgets({ per: 'day', limit: dollars(1), ...scope });
      return ['under', 'paid'].filter((key) => on(key) !== 'allow');
    };
    assert.deepEqual(stopped({}), ['under', 'paid']);
    assert.deepEqual(stopped({ unit: 'paid' }), ['paid']);
    assert.deepEqual(stopped({ unit: 'plan' }), ['under']);
    assert.deepEqual(stopped({ project: '/work' }), ['under']);
    assert.deepEqual(stopped({ model: 'son*' }), ['paid']);
    assert.deepEqual(stopped({ agent: 'codex' }), []);
    assert.deepEqual(stopped({ paused: true }), []);
    assert.deepEqual(stopped({ stop: false }), []);
  });

  it('let a session go on that has left the model of a budget for another', async () => {
    house.budgets({ per: 'day', limit: dollars(1), model: 'opus' });
    await house.spend('s', 5, { model: 'opus' });
    assert.equal(on('s'), 'stop by day');
    house.nowMs += 2 * hourMs;
    await house.spend('s', 5, { model: 'haiku' });
    assert.equal(on('s'), 'allow');
  });

  it('let it go on past a limit of its own for a model that it has left', async () => {
    house.budgets({ per: 'session', limit: dollars(1), model: 'opus' });
    await house.spend('s', 5, { model: 'opus' });
    assert.equal(on('s'), 'stop by s');
    house.nowMs += 2 * hourMs;
    await house.spend('s', 5, { model: 'haiku' });
    assert.equal(on('s'), 'allow');
    await house.spend('s', 1, { model: 'opus' });
    assert.equal(on('s'), 'stop by s');
    house.nowMs += 2 * hourMs;
    assert.equal(release(house.db, { agent, key: 's' }, null, house.around), 1);
    await house.spend('s', 1, { model: 'opus' });
    assert.equal(on('s'), 'allow');
  });

  it('stop no agent by what another one used of its own plan', async () => {
    house.budgets({ per: '5h', limit: 90, unit: 'planShare' });
    for (const each of ['codex', agent] as const) {
      await house.read({ session: each, agent: each, facts: { account: 'plan' } });
      await house.spend(each, 1, { agent: each });
      await house.read({ session: each, agent: each, facts: { atMs: noonMs } });
    }
    const report = { plan: null, window: 'primary', windowMinutes: 300, resetsAtMs: noonMs + hourMs };
    storePlanReading(house.db, { ...report, agent: 'codex', usedPercent: 100, atMs: noonMs });
    const codex = () => words(verdictOn(house.db, { agent: 'codex', key: 'codex' }, house.around));
    assert.deepEqual([codex(), on(agent), start()], ['stop by 5h', 'allow', 'allow']);
    assert.equal(house.standings()[0]?.level, 'over');
    storePlanReading(house.db, { ...report, agent, usedPercent: 92, atMs: noonMs });
    assert.deepEqual([codex(), on(agent), start()], ['stop by 5h', 'stop by 5h', 'stop by 5h']);
  });

  it('say first that the user stopped the session', async () => {
    house.budgets({ per: 'session', limit: dollars(1) });
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    await house.spend('s', 5);
    assert.ok(stopSession(house.db, { agent, key: 'part' }, 7));
    const verdict = verdictOn(house.db, { agent, key: 's' }, house.around);
    assert.deepEqual(verdict, { kind: 'stoppedByHand', atMs: 7 });
    assert.equal(subAgentOf('part'), 'stoppedByHand');
    assert.ok(!stopSession(house.db, { agent, key: 'nobody' }, 7));
  });

  it('let new sessions be sparing near a budget, and begin none past it', async () => {
    house.budgets(
      { per: 'day', limit: dollars(100) },
      { per: 'week', limit: dollars(1_000), project: '/work' },
    );
    const seen = [];
    for (const micros of [79, 1, 15, 5]) {
      await house.spend('s', micros);
      seen.push(start());
    }
    assert.deepEqual(seen, ['allow', 'save by day', 'save by day', 'stop by day']);
    assert.equal(on('never seen'), 'stop by day');
    house.nowMs += 24 * hourMs;
    assert.equal(start('/work/tide'), 'allow');
  });

  it('take a new session to be paid for as the last of its agent was', async () => {
    house.budgets({ per: 'day', limit: dollars(1), unit: 'plan' });
    await house.read({ session: 'under', facts: { account: 'plan' } });
    await house.spend('under', 5);
    await house.read({ session: 'under', facts: { atMs: noonMs } });
    assert.equal(start(), 'stop by day');
    house.accounts = { [agent]: 'api' };
    assert.equal(start(), 'allow');
  });

  it('refuse a sub-agent that would overrun, by what the session’s own came to', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    for (const [index, micros] of [10, 20].entries()) {
      await house.read({ session: `part ${index}`, facts: { parentKey: 's' } });
      await house.spend(`part ${index}`, micros);
    }
    await house.spend('s', 55);
    assert.deepEqual([subAgentOf('s'), on('s')], ['save by s', 'allow']);
    await house.spend('s', 1);
    assert.deepEqual([subAgentOf('s'), on('s')], ['stop by s', 'allow']);
  });

  it('refuse none by what sub-agents spend on other models than a budget counts', async () => {
    house.budgets({ per: 'session', limit: dollars(100), model: 'opus' });
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    await house.spend('part', 50, { model: 'haiku' });
    await house.spend('part', 10, { model: 'opus' });
    await house.spend('s', 60, { model: 'opus' });
    assert.equal(subAgentOf('s'), 'allow');
    await house.spend('s', 21, { model: 'opus' });
    assert.equal(subAgentOf('s'), 'stop by s');
  });

  it('refuse one by what half of the project’s came to, once there are eight', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    const past = async (count: number) => {
      for (let n = 0; n < count; n++) {
        await house.read({ session: `old ${n}`, facts: { projectPath: '/work', atMs: noonMs - hourMs } });
        await house.read({ session: `part ${n}`, facts: { parentKey: `old ${n}` } });
        await house.spend(`part ${n}`, 40, { at: noonMs - hourMs });
      }
    };
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    await house.spend('s', 70);
    await past(7);
    assert.equal(subAgentOf('s'), 'allow');
    await past(8);
    assert.equal(subAgentOf('s'), 'stop by s');
    await house.read({ session: 'elsewhere', facts: { projectPath: '/home' } });
    await house.spend('elsewhere', 70);
    assert.equal(subAgentOf('elsewhere'), 'allow');
  });

  it('draw a new line for a session that is released', async () => {
    house.budgets({ per: 'session', limit: dollars(100) }, { per: 'day', limit: dollars(100) });
    await house.spend('s', 110);
    await house.spend('t', 120);
    const by = BigInt(50 * micro);
    assert.equal(release(house.db, { agent, key: 's' }, by, house.around), 2);
    assert.deepEqual([on('s'), on('t')], ['allow', 'stop by day']);
    await house.spend('s', 48);
    assert.equal(on('s'), 'wrapUp by day');
    await house.spend('s', 2);
    assert.equal(on('s'), 'stop by s');
    assert.equal(release(house.db, { agent, key: 'nobody' }, by, house.around), 0);
    assert.equal(release(house.db, null, null, house.around), 3);
    assert.deepEqual([on('s'), on('t'), start()], ['allow', 'allow', 'allow']);
    const limits = house.standings().map((each) => [nameOf(each), Number(each.limit - each.spent) / micro]);
    assert.deepEqual(Object.fromEntries(limits), { day: 5_000_000, s: 5_000_000, t: 5_000_000 });
  });

  it('end a stop by hand with the release, and raise nothing that holds nobody back', async () => {
    const [budget] = house.budgets({ per: 'session', limit: dollars(100) });
    assert.ok(budget);
    await house.spend('s', 50);
    stopSession(house.db, { agent, key: 's' }, noonMs);
    assert.equal(release(house.db, { agent, key: 's' }, null, house.around), 1);
    assert.equal(on('s'), 'allow');
    assert.equal(house.standings()[0]?.limit, budget.limit);
    assert.equal(release(house.db, { agent, key: 's' }, null, house.around), 0);
  });

  it('let go on by a plan’s window that began before the calendar’s week did', async () => {
    house.budgets({ per: 'week', limit: 90, unit: 'planShare' });
    // Sunday, an hour before the calendar's next week.
    house.nowMs = Date.UTC(2026, 3, 19, 23);
    await house.read({ session: 's', facts: { account: 'plan' } });
    await house.spend('s', 1);
    const report = {
      agent,
      plan: null,
      window: 'weekly',
      windowMinutes: 7 * 1_440,
      usedPercent: 95,
    } as const;
    storePlanReading(house.db, { ...report, resetsAtMs: house.nowMs + 72 * hourMs, atMs: house.nowMs });
    assert.equal(on('s'), 'stop by week');
    assert.equal(release(house.db, { agent, key: 's' }, null, house.around), 1);
    assert.equal(on('s'), 'allow');
    house.nowMs += 2 * hourMs;
    assert.equal(on('s'), 'allow');
    house.nowMs += 7 * 24 * hourMs;
    storePlanReading(house.db, { ...report, resetsAtMs: house.nowMs + 72 * hourMs, atMs: house.nowMs });
    assert.equal(on('s'), 'stop by week');
  });

  it('hold for a session what a day was raised by for it alone', async () => {
    const [day] = house.budgets({ per: 'day', limit: dollars(100) });
    assert.ok(day);
    await house.spend('s', 100);
    await house.spend('t', 1);
    raiseBudget(house.db, day, { agent, key: 's' }, BigInt(100 * micro), house.around);
    assert.deepEqual([on('s'), on('t')], ['allow', 'stop by day']);
    house.nowMs += 24 * hourMs;
    await house.spend('s', 100);
    assert.equal(on('s'), 'stop by day');
  });
});

describe('a day that was raised for a session and for all', () => {
  let house: House;
  let day: Budget;
  beforeEach(async () => {
    house = new House();
    const [budget] = house.budgets({ per: 'day', limit: dollars(100) });
    assert.ok(budget);
    day = budget;
    await house.spend('s', 100);
    await house.spend('t', 1);
  });
  afterEach(() => house.dispose());

  const raise = (key: string | null, micros: number) => {
    const session = key === null ? null : ({ agent, key } as const);
    return Number(raiseBudget(house.db, day, session, BigInt(micros * micro), house.around)) / micro;
  };
  const mostOf = (key: string) => {
    const root = findRoot(house.db, { agent, key });
    assert.ok(root !== null);
    return standingsFor(house.db, [day], root, house.around).map(({ limit }) => Number(limit) / micro);
  };

  it('allows the session the larger of the two, and not both', () => {
    raise('s', 20);
    raise(null, 10);
    assert.deepEqual([mostOf('s'), mostOf('t')], [[120], [110]]);
    raise(null, 30);
    assert.deepEqual([mostOf('s'), mostOf('t')], [[140], [140]]);
  });

  it('is raised for the session from where its line lies, and says where it lies then', () => {
    assert.deepEqual([raise(null, 10), raise('s', 20), raise('s', 5)], [110, 130, 135]);
    assert.deepEqual([mostOf('s'), mostOf('t')], [[135], [110]]);
  });

  it('is raised by a release to as much more for whoever it is for', async () => {
    raise('s', 20);
    await house.spend('s', 20);
    assert.equal(release(house.db, null, BigInt(50 * micro), house.around), 1);
    assert.deepEqual([mostOf('s'), mostOf('t')], [[171], [171]]);
    await house.spend('t', 50);
    assert.equal(release(house.db, { agent, key: 's' }, BigInt(9 * micro), house.around), 1);
    assert.deepEqual([mostOf('s'), mostOf('t')], [[180], [171]]);
  });
});

describe('stops', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  it('hold while no more is spent than the calls that were under way', async () => {
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    for (const session of ['s', 'part']) await house.spend(session, 1, { at: noonMs - minuteMs });
    stopSession(house.db, { agent, key: 's' }, noonMs);
    await house.spend('s', 1, { at: noonMs - 1 });
    for (const session of ['s', 'part']) await house.spend(session, 1, { at: noonMs + minuteMs });
    assert.deepEqual(stopsThatDidNotHold(house.db), []);
    assert.deepEqual(
      [...stopsByHand(house.db, newestRoots(house.db, 9)).values()],
      [{ atMs: noonMs, isHeld: true }],
    );
    await house.spend('part', 1, { at: noonMs + 2 * minuteMs });
    assert.deepEqual(stopsThatDidNotHold(house.db), [
      { session: { agent, key: 's' }, atMs: noonMs, reason: 'hand', calls: 3, interruptedMs: null },
    ]);
    assert.deepEqual(
      [...stopsByHand(house.db, newestRoots(house.db, 9)).values()],
      [{ atMs: noonMs, isHeld: false }],
    );
  });

  it('of a budget are no stops by hand, and are released likewise', async () => {
    await house.spend('s', 1);
    stopSession(house.db, { agent, key: 's' }, noonMs, 'budget');
    assert.equal(stopsByHand(house.db, newestRoots(house.db, 9)).size, 0);
    assert.equal(verdictOn(house.db, { agent, key: 's' }, house.around).kind, 'allow');
    for (const minutes of [1, 2]) await house.spend('s', 1, { at: noonMs + minutes * minuteMs });
    assert.equal(stopsThatDidNotHold(house.db)[0]?.reason, 'budget');
    release(house.db, { agent, key: 's' }, null, house.around);
    assert.deepEqual(stopsThatDidNotHold(house.db), []);
  });

  it('by hand outlast those of a budget that lets the session go on', async () => {
    house.budgets({ per: 'day', limit: dollars(1) });
    await house.spend('s', 1);
    stopSession(house.db, { agent, key: 's' }, noonMs, 'budget');
    house.nowMs += 24 * hourMs;
    stopSession(house.db, { agent, key: 's' }, house.nowMs, 'hand');
    house.budgets();
    for (const minutes of [1, 2]) await house.spend('s', 1, { at: house.nowMs + minutes * minuteMs });
    const told = claimStopsThatDidNotHold(house.db, newestRoots(house.db, 9), house.around);
    assert.deepEqual(
      told.map(({ reason }) => reason),
      ['hand'],
    );
    assert.equal(verdictOn(house.db, { agent, key: 's' }, house.around).kind, 'stoppedByHand');
  });

  it('are one, however often they are asked for', async () => {
    await house.spend('s', 1);
    for (const atMs of [noonMs, noonMs + 1]) stopSession(house.db, { agent, key: 's' }, atMs);
    assert.deepEqual(
      [...stopsByHand(house.db, newestRoots(house.db, 9)).values()].map(({ atMs }) => atMs),
      [noonMs],
    );
  });
});

describe('budgets in force', () => {
  it('are the strictest of what all settings ask for', () => {
    const house = new House();
    const [mine] = house.budgets({ per: 'day', limit: dollars(10), near: 70, stop: false });
    assert.ok(mine);
    const other = { ...mine, limit: BigInt(5 * micro), nearPercent: 90, stops: true };
    storeBudgets(house.db, '/work', [other], noonMs);
    const force = () => house.budgets({ per: 'day', limit: dollars(10), near: 70, stop: false });
    assert.deepEqual(force(), [other]);
    storeBudgets(house.db, '/work', [{ ...other, limit: BigInt(50 * micro) }], noonMs);
    assert.deepEqual(force(), [mine, { ...other, limit: BigInt(50 * micro) }]);
    const paused = house.budgets({ per: 'day', limit: dollars(1), paused: true });
    assert.deepEqual([paused[0]?.isPaused, paused[0]?.limit], [false, BigInt(50 * micro)]);
    storeBudgets(house.db, '/work', [], noonMs);
    assert.deepEqual(force(), [mine]);
    house.dispose();
  });

  it('have the marks of all that ask for them, as amounts and not as shares of another limit', () => {
    const house = new House();
    const [mine] = house.budgets({ per: 'day', limit: dollars(100), near: 80, wrapUp: 90 });
    assert.ok(mine);
    const percents = (limit: number, nearPercent: number, wrapUpPercent: number, stops = true) => {
      const limits = { limit: BigInt(limit * micro), nearPercent, wrapUpPercent };
      const [budget, ...others] = strictest([{ ...mine, ...limits, stops }, mine]);
      assert.deepEqual([budget?.limit, budget?.stops, others], [mine.limit, true, []]);
      return [budget?.nearPercent, budget?.wrapUpPercent];
    };
    assert.deepEqual(percents(200, 20, 44), [40, 88]);
    assert.deepEqual(percents(200, 70, 95), [80, 90]);
    assert.deepEqual(percents(100, 30, 40), [30, 40]);
    assert.deepEqual(percents(300, 25, 26, false), [75, 90]);
    house.dispose();
  });

  it('warn at the limit of one and stop at that of another, however often their lines are moved', async () => {
    const house = new House();
    const [warns] = house.budgets({ per: 'day', limit: dollars(10), stop: false });
    assert.ok(warns);
    storeBudgets(house.db, '/work', [{ ...warns, limit: BigInt(20 * micro), stops: true }], noonMs);
    const verdict = () => verdictOn(house.db, { agent, key: 's' }, house.around).kind;
    const levels = () => house.standings().map(({ level }) => level);
    await house.spend('s', 12);
    assert.deepEqual([levels(), verdict()], [['over', 'within'], 'allow']);
    await house.spend('s', 8);
    assert.deepEqual([levels(), verdict()], [['over', 'over'], 'stop']);
    assert.equal(release(house.db, { agent, key: 's' }, BigInt(5 * micro), house.around), 1);
    assert.equal(verdict(), 'allow');
    const reset = { budget: warns.id, session: null };
    assert.equal(resetBudgets(house.db, loadBudgets(house.db), reset, house.around), 1);
    assert.deepEqual(
      house.standings().map(({ spent }) => spent),
      [0n, 0n],
    );
    house.dispose();
  });

  it('are forgotten with settings that no window has shown for a quarter of a year', () => {
    const house = new House();
    house.budgets({ per: 'day', limit: 1 });
    storeBudgets(house.db, '/gone', house.budgets({ per: 'week', limit: 1 }), noonMs);
    storeBudgets(house.db, 'user', [], noonMs + 90 * 24 * hourMs);
    assert.equal(house.db.all('SELECT * FROM budget').length, 1);
    storeBudgets(house.db, 'user', [], noonMs + 90 * 24 * hourMs + 1);
    assert.equal(house.db.all('SELECT * FROM budget').length, 0);
    house.dispose();
  });
});
