import assert from 'node:assert/strict';
import type { Budget, BudgetUnit, Standing } from '../../../src/domain/budget.ts';
import {
  amountText,
  noSubAgentSentence,
  type Release,
  saveSentence,
  spentOf,
  stoppedByHandSentence,
  stopSentence,
  wrapUpSentence,
} from '../../../src/guard/sentences.ts';
import { budget as budgetOf, standing as standingOf } from '../budgets/budgets.ts';

const dollar = 10n ** 12n;
const release: Release = {
  launcher: "/home/o'neil/guard/launch",
  platform: 'linux',
  session: { agent: 'codex', key: 's-1' },
};

function standing(budget: Partial<Budget> = {}, isLowerBound = false): Standing {
  return standingOf({
    budget: budgetOf({ limit: 5n * dollar, ...budget }),
    limit: 5n * dollar,
    spent: 5_019_999_999_999n,
    isLowerBound,
    level: 'over',
  });
}

describe('what the guard says', () => {
  it('is what was spent, of what, and how to go on', () => {
    assert.equal(
      stopSentence(standing(), release),
      "Token Burn: budget reached. $5.02 of $5.00 spent in this session. To go on, release the session in the editor's Token Burn view, or run in a terminal: '/home/o'\\''neil/guard/launch' release s-1",
    );
    assert.match(stoppedByHandSentence({ ...release, platform: 'win32' }), /"[^"]+launch\.cmd" release s-1$/);
  });

  it('names what the budget is for', () => {
    const says = (budget: Partial<Budget>) => spentOf(standing(budget)).replace(/^.* spent /, '');
    assert.equal(says({ span: { kind: 'calendar', unit: 'day' } }), 'today');
    assert.equal(says({ span: { kind: 'calendar', unit: 'month' } }), 'this month');
    assert.equal(says({ span: { kind: 'rolling', hours: 5 } }), 'in the last 5 hours');
    assert.equal(says({ span: { kind: 'rolling', hours: 1 } }), 'in the last hour');
    assert.equal(
      says({ scope: { agent: 'codex', project: '/w/shop', model: 'gpt-*' } }),
      'in this session by Codex in /w/shop on gpt-*',
    );
  });

  it('says when more may have been spent', () => {
    assert.match(spentOf(standing({}, true)), /^At least \$5\.02 of \$5\.00/);
  });

  it('counts each unit as people do', () => {
    const cases: readonly (readonly [BudgetUnit, bigint, string])[] = [
      ['list', 1_234_567n * dollar, '$1,234,567.00'],
      ['list', dollar / 1_000n, '$0.0010'],
      ['paid', dollar, '$1.00 paid'],
      ['plan', dollar, '$1.00 under a plan'],
      ['tokens', 1_234_567n, '1,234,567 tokens'],
      ['credits', 15n * 10n ** 9n, '1.5 credits'],
      ['credits', 30n * 10n ** 10n, '30 credits'],
      ['planShare', 955_000n, '95.5%'],
    ];
    for (const [unit, amount, text] of cases) assert.equal(amountText(unit, amount), text);
  });

  it('holds nothing that acts on a terminal or a shell', () => {
    const hostile = `\u001b[2J$(id)\`id\`\n\u202e${'x'.repeat(10 << 20)}`;
    const all = [
      stopSentence(standing({ scope: { project: hostile, model: hostile } }), {
        ...release,
        session: { agent: 'codex', key: hostile },
      }),
      ...[wrapUpSentence, saveSentence, noSubAgentSentence].map((say) =>
        say(standing({ scope: { project: hostile } })),
      ),
    ];
    for (const text of all) {
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
      assert.ok(text.length < 1_000);
    }
    assert.match(all[0] ?? '', /launch' release$/);
  });
});
