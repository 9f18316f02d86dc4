import assert from 'node:assert/strict';
import type { BudgetUnit, Standing } from '../../../src/domain/budget.ts';
import { reportOn } from '../../../src/guard/budgetReport.ts';
import { budget as budgetOf, standing as standingOf } from '../budgets/budgets.ts';

const dollar = 10n ** 12n;

const budget = budgetOf({ limit: 5n * dollar });

const standing = standingOf({
  budget,
  session: { agent: 'claude-code', key: 'one' },
  limit: 5n * dollar,
  spent: 2n * dollar,
});

/** Reports on one budget that counts in `unit`. */
function inUnit(unit: BudgetUnit, limit: bigint, spent: bigint) {
  const [line] = reportOn([{ ...standing, budget: { ...budget, unit }, limit, spent }]).budgets;
  return line ?? assert.fail('nothing is reported');
}

describe('what an agent is told of its budgets', () => {
  it('says in whole units what is spent and left', () => {
    assert.deepEqual(reportOn([standing]).budgets, [
      {
        per: 'session',
        agent: 'claude-code',
        unit: 'US dollars at list price',
        limit: 5,
        spent: 2,
        spentIsLowerBound: false,
        left: 3,
        spentPercent: 40,
        level: 'within',
        spentPerHour: null,
        minutesLeft: null,
        beginsAnewAt: null,
        stops: true,
      },
    ]);
  });

  it('says the rate, the time left and when it begins anew', () => {
    const [line] = reportOn([
      {
        ...standing,
        budget: { ...budget, span: { kind: 'calendar', unit: 'day' } },
        ratePerHour: dollar / 2n,
        leftMs: 6 * 3_600_000 + 59_999,
        nextResetMs: Date.UTC(2026, 10, 27),
      },
    ]).budgets;
    assert.deepEqual(
      [line?.per, line?.spentPerHour, line?.minutesLeft, line?.beginsAnewAt],
      ['day', 0.5, 360, '2026-11-27T00:00:00.000Z'],
    );
  });

  it('counts tokens, credits and shares of a plan in what they are named after', () => {
    assert.equal(inUnit('tokens', 2_000_000n, 1n).spent, 1);
    assert.equal(inUnit('credits', 100n * 10n ** 10n, 15n * 10n ** 9n).spent, 1.5);
    assert.equal(inUnit('planShare', 500_000n, 123_400n).spent, 12.34);
    assert.equal(inUnit('planShare', 500_000n, 123_400n).limit, 50);
  });

  it('has nothing left of what is over, and counts on past the limit', () => {
    const line = inUnit('list', 5n * dollar, 6n * dollar);
    assert.deepEqual([line.left, line.spentPercent], [0, 120]);
  });

  it('does not divide by a limit of nothing', () => {
    assert.equal(inUnit('list', 0n, 0n).spentPercent, 0);
    assert.equal(inUnit('list', 0n, 1n).spentPercent, 100);
  });

  it('reaches 100 percent with the limit and not before', () => {
    assert.equal(inUnit('list', dollar, dollar - 1n).spentPercent, 99);
    assert.equal(inUnit('list', dollar, dollar).spentPercent, 100);
  });

  it('advises by the budget nearest its limit, and names it first', () => {
    const day: Standing = {
      ...standing,
      budget: { ...budget, span: { kind: 'rolling', hours: 5 } },
      spent: (96n * 5n * dollar) / 100n,
      level: 'wrapUp',
    };
    const { advice, budgets } = reportOn([standing, day]);
    assert.match(advice, /^Conclude now: 96 % of the 5 h budget is spent\./);
    assert.deepEqual(
      budgets.map(({ per }) => per),
      ['5 h', 'session'],
    );
  });

  it('leaves out what is paused, and more than anybody can weigh', () => {
    const paused = { ...standing, budget: { ...budget, isPaused: true } };
    assert.deepEqual(reportOn([paused]).budgets, []);
    assert.equal(reportOn(Array.from({ length: 1_000 }, () => standing)).budgets.length, 12);
  });

  it('has an advice for each level and for no budget at all', () => {
    const advised = (level: Standing['level']) => reportOn([{ ...standing, level }]).advice;
    assert.equal(
      advised('within'),
      'Go on: 40 % of the session budget is spent, no budget is near its limit.',
    );
    assert.equal(advised('near'), 'Be sparing: 40 % of the session budget is spent.');
    assert.match(advised('over'), /^Stop: .* Ask the user whether to go on\.$/);
    assert.deepEqual(reportOn([]), { advice: 'No budget is set for this work.', budgets: [] });
  });

  it('makes names of settings plain, and leaves out who the session is', () => {
    const scope = {
      project: `/home/ann/\u001b[31mapp\n[x](command:y)${'a'.repeat(10_000)}`,
      model: 'claude-*',
    };
    const told = JSON.stringify(
      reportOn([{ ...standing, session: { agent: 'codex', key: 'secret' }, budget: { ...budget, scope } }]),
    );
    assert.ok(told.length < 1_000, `${told.length} characters`);
    assert.doesNotMatch(told, /\\u001b|\\n|secret/);
    assert.match(told, /"model":"claude-\*"/);
  });
});
