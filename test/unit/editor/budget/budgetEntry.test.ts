import assert from 'node:assert/strict';
import { type BudgetEntry, makes, perOf, withEntry } from '../../../../src/editor/budget/budgetEntry.ts';
import { budgetOf } from './standing.ts';

const users = { folder: null, resolve: (path: string) => path.replace('~', '/home/ann') };
const folders = { ...users, folder: '/home/ann/tides' };

describe('an entry of the setting', () => {
  it('makes the budget of its time, unit and scope, whatever its limit', () => {
    assert.ok(makes({ per: 'day', limit: 5 }, budgetOf(), users));
    assert.ok(makes({ per: 'day', limit: 7, unit: 'list', near: 50, paused: true }, budgetOf(), users));
    const tokens = budgetOf({
      span: { kind: 'rolling', hours: 5 },
      unit: 'tokens',
      scope: { agent: 'codex' },
    });
    assert.ok(makes({ per: '5h', limit: 5, unit: 'tokens', agent: 'codex' }, tokens, users));
    assert.ok(makes({ per: 'session', limit: 5 }, budgetOf({ span: { kind: 'session' } }), users));
  });

  for (const other of [
    { per: 'week', limit: 5 },
    { per: 'day', limit: 5, unit: 'paid' },
    { per: 'day', limit: 5, agent: 'codex' },
    { per: 'day', limit: 5, model: 'claude-*' },
    { per: 'day', limit: 5, project: '~/tides' },
    null,
    'day',
    [],
  ]) {
    it(`makes no other: ${JSON.stringify(other)}`, () => assert.ok(!makes(other, budgetOf(), users)));
  }

  it('counts what is spent in a folder where it names it, or stands in its settings', () => {
    const ofFolder = budgetOf({ scope: { project: '/home/ann/tides' } });
    assert.ok(makes({ per: 'day', limit: 5, project: '~/tides' }, ofFolder, users));
    assert.ok(makes({ per: 'day', limit: 5 }, ofFolder, folders));
    assert.ok(!makes({ per: 'day', limit: 5 }, ofFolder, users));
    assert.ok(!makes({ per: 'day', limit: 5 }, budgetOf(), folders));
  });
});

describe('the entries of the setting', () => {
  const entries = ['damaged', { per: 'week', limit: 20 }, { per: 'day', limit: 5, near: 50 }];

  it('keep what is not changed, damaged entries too', () => {
    const change = (entry: BudgetEntry) => ({ ...entry, limit: 7 });
    assert.deepEqual(withEntry(entries, budgetOf(), users, change), [
      ...entries.slice(0, 2),
      { per: 'day', limit: 7, near: 50 },
    ]);
  });

  it('lose the one that is taken out', () => {
    assert.deepEqual(
      withEntry(entries, budgetOf(), users, () => undefined),
      entries.slice(0, 2),
    );
  });

  it('are left alone when none makes the budget', () => {
    assert.equal(
      withEntry(entries, budgetOf({ unit: 'tokens' }), users, () => undefined),
      undefined,
    );
  });
});

describe('a span', () => {
  it('is written as the setting has it', () => {
    const spans = [
      { kind: 'session' },
      { kind: 'calendar', unit: 'month' },
      { kind: 'rolling', hours: 5 },
    ] as const;
    assert.deepEqual(spans.map(perOf), ['session', 'month', '5h']);
  });
});
