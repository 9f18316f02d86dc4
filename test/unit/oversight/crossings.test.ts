import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fewestSamples } from '../../../src/ledger/outlook.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { snooze } from '../../../src/ledger/snoozes.ts';
import { loadBudgets } from '../../../src/oversight/budgetsInForce.ts';
import { clockOf } from '../../../src/oversight/clock.ts';
import { claimCrossings, crossedOf } from '../../../src/oversight/crossings.ts';
import { claimEstimates, estimatesOf } from '../../../src/oversight/estimates.ts';
import { raiseBudget } from '../../../src/oversight/raises.ts';
import { resetBudgets } from '../../../src/oversight/resets.ts';
import { standingsOf } from '../../../src/oversight/standings.ts';
import { claimStopsThatDidNotHold, stopSession } from '../../../src/oversight/stops.ts';
import { suggestLimit } from '../../../src/oversight/suggestions.ts';
import { day, standing } from '../budgets/budgets.ts';
import { House, hourMs, micro, minuteMs, nameOf, noonMs } from './house.ts';

const agent = 'claude-code';
const dollars = (micros: number) => micros / 1_000_000;

describe('crossings', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  const claimIn = (db = house.db) => claimCrossings(db, loadBudgets(db), house.around, newestRoots(db, 100));
  const claim = () => claimIn().map((crossing) => `${nameOf(crossing.standing)} ${crossing.standing.level}`);
  const reset = () =>
    resetBudgets(house.db, loadBudgets(house.db), { budget: null, session: null }, house.around);

  it('are told once for each level', async () => {
    house.budgets({ per: 'session', limit: dollars(100) });
    const seen = [];
    for (const micros of [79, 1, 15, 5, 50]) {
      await house.spend('s', micros);
      seen.push([claim(), claim()]);
    }
    assert.deepEqual(seen, [
      [[], []],
      [['s near'], []],
      [['s wrapUp'], []],
      [['s over'], []],
      [[], []],
    ]);
  });

  it('are told again after a reset, a raise, and in the next period', async () => {
    const [budget] = house.budgets({ per: 'day', limit: dollars(10) });
    assert.ok(budget);
    await house.spend('s', 10);
    assert.deepEqual(claim(), ['day over']);
    reset();
    assert.deepEqual(claim(), []);
    await house.spend('s', 10);
    assert.deepEqual(claim(), ['day over']);
    raiseBudget(house.db, budget, null, BigInt(5 * micro), house.around);
    assert.deepEqual(claim(), []);
    await house.spend('s', 5);
    assert.deepEqual(claim(), ['day over']);
    house.nowMs += 24 * hourMs;
    await house.spend('s', 10);
    assert.deepEqual(claim(), ['day over']);
    assert.deepEqual(claim(), []);
  });

  it('are told again when what was spent has left the window and more came, and not when it moves on the line', async () => {
    house.budgets({ per: '2h', limit: dollars(100) });
    await house.spend('s', 60, { at: noonMs - 119 * minuteMs });
    await house.spend('s', 40);
    assert.deepEqual(claim(), ['2h over']);
    house.nowMs += 2 * minuteMs;
    assert.deepEqual(claim(), []);
    await house.spend('s', 60);
    assert.deepEqual(claim(), ['2h over']);
    house.nowMs += 119 * minuteMs;
    await house.spend('s', 25);
    assert.deepEqual(claim(), ['2h near']);
    await house.spend('s', 30);
    assert.deepEqual(claim(), []);
  });

  it('are told again when nothing is left in the window, however early it is near its limit', async () => {
    house.budgets({ per: '2h', limit: dollars(100), near: 5 });
    await house.spend('s', 50);
    assert.deepEqual(claim(), ['2h near']);
    house.nowMs += 3 * hourMs;
    assert.deepEqual(claim(), []);
    await house.spend('s', 50);
    assert.deepEqual(claim(), ['2h near']);
  });

  it('of what is long past are noted in silence, and told when more is spent', async () => {
    await house.spend('old', 50, { at: noonMs - 11 * minuteMs });
    house.budgets({ per: 'session', limit: dollars(10) }, { per: 'day', limit: dollars(20) });
    assert.deepEqual(claim(), []);
    await house.spend('new', 1);
    assert.deepEqual(claim(), ['day over']);
    await house.spend('old', 1);
    assert.deepEqual(claim(), ['old over']);
    assert.deepEqual(claim(), []);
  });

  it('stay known while the budget is near or over, told or not', async () => {
    house.budgets({ per: 'session', limit: dollars(10) }, { per: 'day', limit: dollars(100) });
    const crossed = () => {
      const roots = newestRoots(house.db, 100);
      const standings = standingsOf(house.db, loadBudgets(house.db), house.around, roots);
      return crossedOf(house.db, standings, house.around).map(({ session, level, atMs, isTold }) => {
        return [session?.key, level, atMs - noonMs, isTold];
      });
    };
    await house.spend('old', 10, { at: noonMs - 11 * minuteMs });
    await house.spend('new', 8);
    claim();
    const near = [['new', 'near', 0, true]];
    assert.deepEqual(crossed().toSorted(), [...near, ['old', 'over', 0, false]]);
    house.nowMs += minuteMs;
    await house.spend('new', 2);
    claim();
    assert.deepEqual(
      crossed().filter(([session]) => session === 'new'),
      [...near, ['new', 'over', minuteMs, true]],
    );
    reset();
    assert.deepEqual(crossed(), []);
  });

  it('are not told aloud when others are at work than a budget counts', async () => {
    await house.spend('old', 50, { at: noonMs - 11 * minuteMs, agent: 'codex' });
    house.budgets({ per: 'day', limit: dollars(10), agent: 'codex' });
    await house.spend('new', 1);
    assert.deepEqual(claim(), []);
    await house.spend('old', 1, { agent: 'codex' });
    assert.deepEqual(claim(), ['day over']);
  });

  it('are told of what stands for a whole session, too', async () => {
    house.budgets({ per: 'day', limit: dollars(10) });
    await house.spend('s', 50, { quality: 'sessionTotal' });
    assert.deepEqual(claim(), ['day over']);
  });

  it('are not told of a budget that is paused', async () => {
    house.budgets({ per: 'session', limit: dollars(1), paused: true });
    await house.spend('s', 5);
    assert.deepEqual(claim(), []);
    assert.equal(house.standings()[0]?.level, 'over');
    house.budgets({ per: 'session', limit: dollars(1) });
    assert.deepEqual(claim(), ['s over']);
  });

  it('wait until a snooze is over, and then for more to be spent', async () => {
    const [budget] = house.budgets({ per: 'session', limit: dollars(1) });
    snooze(house.db, { budget: budget?.id ?? '', session: 0 }, noonMs + minuteMs);
    await house.spend('s', 5);
    assert.deepEqual(claim(), []);
    house.nowMs += minuteMs;
    assert.deepEqual(claim(), []);
    await house.spend('s', 1);
    assert.deepEqual(claim(), ['s over']);
  });

  it('are snoozed for one session, or for all budgets', async () => {
    house.budgets({ per: 'session', limit: dollars(1) });
    for (const key of ['a', 'b']) await house.spend(key, 5);
    const id = house.db.get<{ id: number }>("SELECT id FROM session WHERE key = 'a'")?.id ?? 0;
    snooze(house.db, { budget: '', session: id }, noonMs + 1);
    assert.deepEqual(claim(), ['b over']);
    snooze(house.db, { budget: '', session: 0 }, noonMs + 1);
    await house.spend('c', 5);
    assert.deepEqual(claim(), []);
  });

  it('are told by one of two windows', async () => {
    const path = join(house.world.data, 'ledger.db');
    const [one, two] = [house.world.open(path), house.world.open(path)];
    house.world.write('x.log', `${JSON.stringify({ id: 'a', session: 's', at: noonMs })}\n`);
    await house.world.scan(one);
    house.budgets({ per: 'session', limit: 0 });
    one.run("INSERT INTO budget SELECT 'user', id, json, 0 FROM (SELECT ? AS id, ? AS json)", ...stored());
    assert.deepEqual([claimIn(one).length, claimIn(two).length, claimIn(one).length], [1, 0, 0]);
  });

  function stored(): readonly [string, string] {
    const row = house.db.get<{ id: string; json: string }>('SELECT id, json FROM budget');
    return [row?.id ?? '', row?.json ?? ''];
  }

  it('write nothing when they were told already', async () => {
    house.budgets({ per: 'session', limit: dollars(1) }, { per: 'day', limit: dollars(10) });
    await house.spend('s', 5);
    claim();
    const changes = () => house.db.get<{ count: number }>('SELECT total_changes() AS count')?.count;
    const before = changes();
    claim();
    assert.equal(changes(), before);
  });

  it('keep sums that are larger than 64 bits hold', async () => {
    house.budgets({ per: 'day', limit: dollars(1) });
    await house.spend('s', 5);
    await house.spend('s', 6);
    house.db.run('UPDATE receipt SET cost_pico = ?', 2n ** 63n - 1n);
    assert.deepEqual([claim(), claim()], [['day over'], []]);
    assert.equal(reset(), 1);
    assert.deepEqual(house.spent(), { day: 0 });
  });

  it('name what spent most in the last minutes', async () => {
    house.budgets({ per: 'day', limit: dollars(10) });
    await house.read({ session: 'root', facts: { title: { text: 'Mend it', source: 'generated' } } });
    await house.read({ session: 'part', facts: { parentKey: 'root' } });
    await house.spend('past', 1_000, { at: noonMs - hourMs });
    await house.spend('other', 5, { model: 'haiku' });
    await house.spend('root', 3, { model: 'sonnet' });
    await house.spend('part', 4, { model: 'opus', id: 'asks' });
    house.db.run("INSERT INTO tool VALUES (1, 'Bash'), (2, 'Read')");
    const response = house.db.get<{ id: string }>(
      "SELECT CAST(response AS TEXT) AS id FROM receipt JOIN model ON model.id = receipt.model WHERE name = 'opus'",
    );
    for (const [call, tool] of [
      [1, 1],
      [2, 2],
      [3, 2],
    ]) {
      house.db.run(
        'INSERT INTO tool_call (response, call, tool) VALUES (CAST(? AS INTEGER), ?, ?)',
        response?.id ?? '',
        call ?? 0,
        tool ?? 0,
      );
    }
    const [crossing] = claimIn();
    const { session, subAgent, model, tool } = crossing?.cause ?? {};
    assert.deepEqual([session?.key, subAgent?.key, model, tool], ['root', 'part', 'opus', 'Read']);
  });

  it('name only what the budget counts', async () => {
    house.budgets({ per: 'session', limit: dollars(10), model: 'haiku' });
    await house.spend('s', 50, { model: 'opus' });
    await house.spend('s', 10, { model: 'haiku' });
    await house.spend('t', 9, { model: 'haiku' });
    assert.deepEqual(
      claimIn()
        .filter(({ standing: { level } }) => level === 'over')
        .map(({ cause }) => [cause.session?.key, cause.model, cause.subAgent, cause.tool]),
      [['s', 'haiku', null, null]],
    );
  });

  it('of stops that did not hold are told again only when more was spent', async () => {
    await house.spend('s', 1, { at: noonMs - minuteMs });
    stopSession(house.db, { agent, key: 's' }, noonMs);
    const after = async (minutes: number) => {
      await house.spend('s', 1, { at: noonMs + minutes * minuteMs });
      return [
        claimStopsThatDidNotHold(house.db, newestRoots(house.db, 9), house.around),
        claimStopsThatDidNotHold(house.db, newestRoots(house.db, 9), house.around),
      ].map((told) => told.map(({ calls }) => calls));
    };
    assert.deepEqual(
      [await after(1), await after(2), await after(3)],
      [
        [[], []],
        [[2], []],
        [[3], []],
      ],
    );
  });
});

describe('stops by a budget', () => {
  it('end when the budget lets the session go on, and are told while it does not', async () => {
    const house = new House();
    house.budgets({ per: 'day', limit: dollars(3) });
    await house.spend('s', 5, { at: noonMs - minuteMs });
    stopSession(house.db, { agent, key: 's' }, noonMs, 'budget');
    const claim = () => claimStopsThatDidNotHold(house.db, newestRoots(house.db, 9), house.around);
    for (const minutes of [1, 2]) await house.spend('s', 1, { at: noonMs + minutes * minuteMs });
    assert.deepEqual(
      claim().map(({ reason, calls }) => [reason, calls]),
      [['budget', 2]],
    );
    house.nowMs += 24 * hourMs;
    await house.spend('s', 1);
    assert.deepEqual(claim(), []);
    await house.spend('s', 5);
    assert.deepEqual(claim(), [], 'the stop of yesterday is over');
    house.dispose();
  });
});

describe('the clock', () => {
  const timed = (leftMs: number | null, nextResetMs: number | null = null, isPaused = false) => {
    const plain = standing({ leftMs, nextResetMs });
    return { ...plain, budget: { ...plain.budget, span: day, isPaused } };
  };

  it('is that of the budget that is spent first', () => {
    const [late, soon] = [timed(200), timed(100)];
    assert.deepEqual(clockOf([late, timed(null), soon], 0), {
      standing: soon,
      leftMs: 100,
      lastsUntilReset: false,
    });
  });

  it('prefers a budget that will be spent to one that begins anew before', () => {
    const [lasts, spent] = [timed(100, 50), timed(200, 500)];
    assert.equal(clockOf([lasts, spent], 0)?.standing, spent);
    assert.deepEqual(clockOf([lasts], 0), { standing: lasts, leftMs: 100, lastsUntilReset: true });
    assert.equal(clockOf([timed(100, 150)], 49)?.lastsUntilReset, false);
    assert.equal(clockOf([timed(100, 150)], 50)?.lastsUntilReset, true);
  });

  it('says of a rolling window that it lasts when all that was spent leaves it before', () => {
    const plain = standing({ leftMs: 2 * 3_600_000, nextResetMs: null });
    const rolling = (hours: number) => ({
      ...plain,
      budget: { ...plain.budget, span: { kind: 'rolling' as const, hours } },
    });
    assert.equal(clockOf([rolling(2)], 0)?.lastsUntilReset, true);
    assert.equal(clockOf([rolling(3)], 0)?.lastsUntilReset, false);
  });

  it('is none without a rate, and of budgets that are paused', () => {
    assert.equal(clockOf([timed(null), timed(5, null, true)], 0), null);
  });
});

describe('sessions without a budget', () => {
  let house: House;
  beforeEach(() => {
    house = new House();
  });
  afterEach(() => house.dispose());

  /** Sessions of the past that came to 1, 2, 3 … millionths. */
  async function past(count: number): Promise<void> {
    const at = noonMs - hourMs;
    await house.read(
      ...Array.from({ length: count }, (_, n) => [
        { session: `old ${n}`, facts: { projectPath: '/work', atMs: at } },
        { id: `old ${n}`, session: `old ${n}`, at, tokens: { output: (n + 1) * micro } },
      ]).flat(),
    );
  }

  const rootOf = (key: string) =>
    house.db.get<{ id: number }>('SELECT id FROM session WHERE key = ?', key)?.id ?? 0;
  const estimates = (budgeted: readonly string[] = []) =>
    estimatesOf(house.db, [rootOf('s')], new Set(budgeted.map(rootOf)), new Map(), house.around);
  const claim = () => claimEstimates(house.db, estimates(), house.around);

  it('are held against the past of their project', async () => {
    await past(21);
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    await house.spend('s', 22);
    assert.deepEqual(
      [...estimates().standings.values()],
      [
        {
          session: { agent, key: 's' },
          isLowerBound: false,
          estimate: BigInt(11 * micro),
          usual: BigInt(20 * micro),
          samples: 21,
          spent: BigInt(22 * micro),
          step: 'warned',
          isDrift: true,
        },
      ],
    );
    assert.deepEqual(estimates().epochs, []);
    assert.equal(estimates(['s']).standings.size, 0);
  });

  it('only teach while they are the first of their project', async () => {
    await past(fewestSamples - 1);
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    await house.spend('s', 500);
    const { standings, epochs } = estimates();
    assert.deepEqual([standings.size, epochs], [0, [{ projectPath: '/work', sessions: 19, of: 20 }]]);
    assert.deepEqual(claim(), []);
  });

  it('are told once for each step, and never within the usual spread', async () => {
    await past(21);
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    const seen = [];
    for (const micros of [17, 3, 1, 1, 5.5, 5.5, 50]) {
      await house.spend('s', micros);
      seen.push([claim(), claim()].map((told) => told.map(({ standing: { step } }) => step)));
    }
    assert.deepEqual(seen, [
      [[], []],
      [[], []],
      [['noted'], []],
      [['warned'], []],
      [['asked'], []],
      [['unknownTrouble'], []],
      [[], []],
    ]);
  });

  it('name what spent most', async () => {
    await past(21);
    await house.read({ session: 's', facts: { projectPath: '/work' } });
    await house.read({ session: 'part', facts: { parentKey: 's' } });
    await house.spend('part', 30, { model: 'opus' });
    const [told] = claim();
    assert.deepEqual([told?.cause.subAgent?.key, told?.cause.model], ['part', 'opus']);
  });

  it('have no estimate where it is not known what they work on', async () => {
    await past(21);
    await house.spend('s', 500);
    assert.deepEqual([estimates().standings.size, estimates().epochs], [0, []]);
  });

  it('are what a limit is suggested from, as are the days and windows of the past', async () => {
    await past(21);
    const suggest = (span: Parameters<typeof suggestLimit>[1]['span'], scope = {}) => {
      const found = suggestLimit(house.db, { span, unit: 'list', scope }, house.around);
      return found && [Number(found.limit) / micro, found.samples];
    };
    assert.deepEqual(suggest({ kind: 'session' }), [20, 21]);
    assert.equal(suggest({ kind: 'session' }, { agent: 'codex' }), null);
    assert.equal(suggest(day), null);
    for (let days = 1; days <= 9; days++) await house.spend('d', days, { at: noonMs - days * 24 * hourMs });
    assert.deepEqual(suggest(day), [9, 9]);
    assert.deepEqual(suggest({ kind: 'rolling', hours: 24 }), [232, 9]);
    assert.deepEqual(suggest({ kind: 'calendar', unit: 'month' }), null);
    assert.equal(suggestLimit(house.db, { span: day, unit: 'planShare', scope: {} }, house.around), null);
  });
});
