import assert from 'node:assert/strict';
import { type Charged, countsUseOf, isInScope, needsAccount } from '../../../src/budgets/scope.ts';
import { accounts } from '../../../src/domain/account.ts';
import { budgetUnits } from '../../../src/domain/budget.ts';

const session: Charged = { agent: 'codex', account: 'untold', projectPath: '/work/tide/sub' };

describe('the scope of a budget', () => {
  it('takes in all sessions where nothing is named', () => assert.ok(isInScope({}, session)));

  it('takes in the sessions of an agent', () => {
    assert.ok(isInScope({ agent: 'codex' }, session));
    assert.ok(!isInScope({ agent: 'claude-code' }, session));
  });

  it('takes in sessions at work in a folder or below it', () => {
    const inside = ['/work', '/work/tide', '/work/tide/sub'].map((project) =>
      isInScope({ project }, session),
    );
    const outside = ['/work/ti', '/work/tide/sub/deep', '/home'].map((project) =>
      isInScope({ project }, session),
    );
    assert.deepEqual([...inside, ...outside], [true, true, true, false, false, false]);
    assert.ok(!isInScope({ project: '/work' }, { ...session, projectPath: null }));
  });

  it('takes in what meets all that is named', () => {
    assert.ok(isInScope({ agent: 'codex', project: '/work' }, session));
    assert.ok(!isInScope({ agent: 'pi', project: '/work' }, session));
    assert.ok(!isInScope({ agent: 'codex', project: '/home' }, session));
  });
});

describe('the unit of a budget', () => {
  it('counts use by how it is paid for', () => {
    const counted = (agent: Charged['agent']) =>
      accounts.map((account) => budgetUnits.filter((unit) => countsUseOf(unit, { account, agent })));
    assert.deepEqual(counted('codex'), [
      ['list', 'paid', 'tokens'],
      ['list', 'plan', 'tokens', 'planShare'],
      ['list', 'paid', 'tokens'],
    ]);
    assert.deepEqual(counted('copilot-cli')[1], ['list', 'plan', 'tokens', 'credits', 'planShare']);
    assert.deepEqual(counted('copilot-cli')[0], ['list', 'paid', 'tokens']);
  });

  it('needs no account where all use counts', () => {
    assert.deepEqual(budgetUnits.map(needsAccount), [false, true, true, false, true, true]);
  });
});
