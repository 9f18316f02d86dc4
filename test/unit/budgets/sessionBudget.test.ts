import assert from 'node:assert/strict';
import { findCrossings } from '../../../src/budgets/crossings.ts';
import { standAgainst } from '../../../src/budgets/sessionBudget.ts';
import type { BudgetLevel } from '../../../src/domain/budget.ts';
import { pico } from '../../../src/domain/money.ts';
import { noTotals } from '../../../src/domain/totals.ts';
import type { SessionNode } from '../../../src/ledger/views.ts';

const limit = pico(1_000);
const spent = (cost: number, unpricedReceipts = 0) => ({ ...noTotals, cost: pico(cost), unpricedReceipts });

describe('a session budget', () => {
  for (const [cost, level] of [
    [0, 'within'],
    [799, 'within'],
    [800, 'near'],
    [999, 'near'],
    [1_000, 'over'],
    [1_001, 'over'],
  ] as const) {
    it(`of 1,000 is ${level} at ${cost}`, () => {
      assert.equal(standAgainst(limit, spent(cost)).level, level);
    });
  }

  it('of nothing is crossed by the first cost, and not before', () => {
    const levels = [0, 1].map((cost) => standAgainst(pico(0), spent(cost)).level);
    assert.deepEqual(levels, ['within', 'over']);
  });

  it('says when what was spent is a lower bound', () => {
    assert.equal(standAgainst(limit, spent(1, 1)).hasUnpriced, true);
    assert.equal(standAgainst(limit, spent(1)).hasUnpriced, false);
  });
});

describe('finding crossings', () => {
  const nowMs = 10_000_000;
  const session = (level: BudgetLevel | null, lastMs: number, isRunning = false): SessionNode => ({
    agent: 'codex',
    key: 'k',
    title: null,
    projectPath: null,
    gitBranch: null,
    role: null,
    account: 'untold',
    models: [],
    startedMs: 0,
    lastMs,
    isRunning,
    own: noTotals,
    tree: noTotals,
    subAgents: [],
    budget: level === null ? null : { limit, spent: pico(1), hasUnpriced: false, level },
  });

  it('finds the sessions that are over, and only these', () => {
    const sessions = (['within', 'near', 'over', null] as const).map((level) => session(level, nowMs));
    assert.deepEqual(
      findCrossings(sessions, nowMs).map((crossing) => crossing.session),
      [sessions[2]],
    );
  });

  it('is aloud about sessions that run or wrote in the last ten minutes', () => {
    const sessions = [
      session('over', nowMs - 599_999),
      session('over', nowMs - 600_000),
      session('over', 0, true),
    ];
    assert.deepEqual(
      findCrossings(sessions, nowMs).map(({ isAloud }) => isAloud),
      [true, false, true],
    );
  });
});
