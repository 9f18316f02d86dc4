import assert from 'node:assert/strict';
import { fromJson, toJson } from '../../../src/budgets/budgetJson.ts';
import { toShare } from '../../../src/budgets/limits.ts';
import { hasRecovered } from '../../../src/budgets/recovery.ts';
import { usualRelease } from '../../../src/budgets/release.ts';
import { timeLeft } from '../../../src/budgets/timeLeft.ts';
import { worstOf } from '../../../src/budgets/worst.ts';
import type { BudgetUnit } from '../../../src/domain/budget.ts';
import { budget, day, standing } from './budgets.ts';

describe('the worst of several standings', () => {
  it('is the one of the highest level, whatever share is spent', () => {
    const near = standing({ level: 'near', spent: 999n });
    const over = standing({ level: 'over', spent: 1n });
    const wrapUp = standing({ level: 'wrapUp', spent: 2n });
    assert.equal(worstOf([near, over, wrapUp]), over);
    assert.equal(worstOf([wrapUp, near]), wrapUp);
  });

  it('is the one of the greatest share, of those on one level', () => {
    const [third, half] = [standing({ limit: 300n, spent: 100n }), standing({ limit: 20n, spent: 10n })];
    assert.equal(worstOf([third, half]), half);
    assert.equal(worstOf([half, third]), half);
  });

  it('is the first of equals, and none of none', () => {
    const [first, second] = [standing(), standing()];
    assert.equal(worstOf([first, second]), first);
    assert.equal(worstOf([]), null);
  });
});

describe('the time that is left', () => {
  it('is what is left at the rate', () => {
    const left = timeLeft({ limit: 1_000n, spent: 400n }, 1_200);
    assert.deepEqual(left, { ratePerHour: 1_200n, leftMs: 1_800_000 });
  });

  it('is none when the budget is over', () => {
    assert.deepEqual(
      [1_000n, 1_001n].map((spent) => timeLeft({ limit: 1_000n, spent }, 10).leftMs),
      [0, 0],
    );
  });

  it('is not known without a rate, or with one that is next to nothing', () => {
    const unknown = { ratePerHour: null, leftMs: null };
    for (const rate of [null, 0, 0.4]) assert.deepEqual(timeLeft({ limit: 9n, spent: 1n }, rate), unknown);
    assert.equal(timeLeft({ limit: 9n, spent: 1n }, 0.6).ratePerHour, 1n);
  });
});

describe('a session that is let go on', () => {
  const more = (unit: BudgetUnit, limit: bigint) => usualRelease({ unit, limit });

  it('may spend five dollars more', () => {
    for (const unit of ['list', 'paid', 'plan'] as const) assert.equal(more(unit, 7n), 5n * 10n ** 12n);
  });

  it('may spend a fifth of the limit more where that is no money, and never nothing', () => {
    assert.deepEqual(
      [more('tokens', 100n), more('credits', 9n), more('planShare', 4n), more('tokens', 0n)],
      [20n, 1n, 1n, 1n],
    );
  });
});

describe('a line that was crossed', () => {
  it('has recovered ten percents below what is near', () => {
    const at = (spent: bigint, nearPercent = 80) =>
      hasRecovered(standing({ spent, budget: budget({ nearPercent }) }));
    assert.deepEqual([at(700n), at(701n), at(400n, 50), at(401n, 50)], [true, false, true, false]);
  });

  it('never recovers to more than nothing where everything is near', () => {
    assert.ok(!hasRecovered(standing({ spent: 1n, budget: budget({ nearPercent: 5 }) })));
  });
});

describe('a budget as text', () => {
  it('is read as it was written', () => {
    const whole = budget({ span: day, limit: 2n ** 70n, scope: { agent: 'codex' }, isPaused: true });
    assert.deepEqual(fromJson(toJson(whole)), whole);
  });

  const wrong = ['', 'null', '7', '{}', '[]', '{"limit":"x"}', '{"limit":"5"}'];
  const parts = ['id', 'span', 'scope', 'nearPercent', 'wrapUpPercent'] as const;
  for (const json of [
    ...wrong,
    ...parts.map((name) => JSON.stringify({ ...JSON.parse(toJson(budget())), [name]: null })),
    JSON.stringify({ ...JSON.parse(toJson(budget())), scope: 'all' }),
  ]) {
    it(`is none where another version wrote ${json.slice(0, 60)}`, () => assert.equal(fromJson(json), null));
  }
});

describe('a share of a plan', () => {
  it('is in millionths, and none where an agent reports no number', () => {
    assert.deepEqual([12.3456, 100, 250, Number.NaN, Number.POSITIVE_INFINITY].map(toShare), [
      123_456n,
      1_000_000n,
      2_500_000n,
      0n,
      0n,
    ]);
  });
});
