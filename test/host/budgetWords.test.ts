import assert from 'node:assert/strict';
import { budgetLevels, type Cause } from '../../src/domain/budget.ts';
import { parseDollars } from '../../src/domain/money.ts';
import { alertSentence } from '../../src/editor/budget/alertWords.ts';
import { amountText, leftOf, spentOfLimit, spokenSpent } from '../../src/editor/budget/amountWords.ts';
import { type BudgetScene, budgetLookOf } from '../../src/editor/budget/budgetLook.ts';
import { buildBudgetRows } from '../../src/editor/budget/budgetRows.ts';
import { standingsTooltip } from '../../src/editor/budget/budgetTooltip.ts';
import { budgetName } from '../../src/editor/budget/budgetWords.ts';
import { clockText } from '../../src/editor/budget/clockText.ts';
import { levelIcon } from '../../src/editor/budget/levels.ts';
import { createFormat } from '../../src/editor/format.ts';
import { budgetOf, sessionBudget, standingOf } from '../unit/editor/budget/standing.ts';

const format = createFormat('en');
const minuteMs = 60_000;
const session = { agent: 'codex', key: 'one' } as const;
const scene: BudgetScene = {
  format,
  nowMs: 0,
  sessionOf: () => undefined,
  mayPause: () => true,
  settingsName: () => 'your settings',
};
const hostile = '$(bug) [go](command:x) | **b**\u202e\nback';
const nameOf = () => 'Day';

describe('budgets in words', () => {
  it('are named by their time, and by what is not all use', () => {
    assert.equal(budgetName(budgetOf(), format), 'Day');
    assert.equal(budgetName(budgetOf({ span: { kind: 'rolling', hours: 5 } }), format), 'Last 5 hours');
    const narrow = budgetOf({
      unit: 'paid',
      scope: { agent: 'codex', project: '/home/ann/tides', model: 'gpt-*' },
    });
    assert.equal(budgetName(narrow, format), 'Day · Codex · tides · gpt-* · money paid');
  });

  it('never hold what acts on the text around them', () => {
    const name = budgetName(budgetOf({ scope: { model: hostile } }), format);
    assert.doesNotMatch(name, /[\u202e\n]|\]\(/);
  });

  it('tell amounts by their unit, and lower bounds as such', () => {
    assert.equal(amountText(1_200_000n, 'tokens', format), '1.2M tokens');
    assert.equal(amountText(300n * 10n ** 10n, 'credits', format), '300 credits');
    assert.equal(amountText(450_000n, 'planShare', format), '45% of the plan');
    assert.equal(spentOfLimit(standingOf({ isLowerBound: true }), format), '≥$2.00 of $10.00');
    assert.equal(spokenSpent(standingOf({ isLowerBound: true }), format), 'at least $2.00 of $10.00 spent');
  });
});

describe('the rows of budgets in words', () => {
  function lookOf(standing: ReturnType<typeof standingOf>, around = scene) {
    const rows = buildBudgetRows({
      budgets: [standing.budget],
      standings: [standing],
      clock: null,
      rateWindowMs: 50 * minuteMs,
      wrong: [],
      estimates: [],
      crossed: [],
      snoozes: [],
      epochs: [],
    });
    return rows.roots.map((id) => {
      const row = rows.byId.get(id);
      assert.ok(row);
      return budgetLookOf(row, around);
    });
  }

  it('say the level and the time left, to screen readers in whole words', () => {
    const [look] = lookOf(standingOf({ spent: parseDollars('9'), level: 'near', leftMs: 42 * minuteMs }));
    assert.equal(look?.description, '$9.00 of $10.00 · 40 min left');
    assert.equal(
      look?.spoken,
      'Day, near budget, $9.00 of $10.00 spent, 40 minutes left at the present rate',
    );
    assert.deepEqual(look?.icon, { id: 'warning', color: 'list.warningForeground' });
  });

  it('say that nothing is reported of a plan, in place of an amount and a level', () => {
    const budget = budgetOf({ unit: 'planShare', limit: 800_000n });
    const [look] = lookOf(standingOf({ budget, spent: 0n, isLowerBound: true }));
    assert.equal(look?.description, 'nothing reported yet of at most 80% of the plan');
    assert.equal(look?.spoken, `Day · share of the plan, ${look?.description}`);
    assert.deepEqual(look?.icon, { id: 'question' });
    const reported = standingOf({ budget, spent: 310_000n, asOfMs: 1 });
    assert.equal(spentOfLimit(reported, format), '31% of at most 80% of the plan');
  });

  it('say no time where the budget lasts', () => {
    const standing = standingOf({ leftMs: 42 * minuteMs, nextResetMs: 30 * minuteMs });
    assert.equal(leftOf(standing, 0), null);
    assert.equal(lookOf(standing)[0]?.description, '$2.00 of $10.00');
  });

  it('have a shape for each level, as some themes have no colours', () => {
    assert.equal(new Set(budgetLevels.map((level) => levelIcon(level).id)).size, budgetLevels.length);
  });

  it('list the sessions over a budget of each', () => {
    const over = standingOf({ budget: sessionBudget, session, spent: parseDollars('6'), level: 'over' });
    assert.deepEqual(
      lookOf(over).map(({ label, description }) => `${label} | ${description}`),
      ['Each session | $5.00 each · over: 1', 'Codex | $6.00 of $5.00 · over budget'],
    );
  });

  it('offer no pause of a budget that only tightens', () => {
    const standing = standingOf();
    const [look] = lookOf(standing, { ...scene, mayPause: () => false });
    assert.equal(look?.contextValue, 'budget.active.fixed.resettable');
    assert.equal(lookOf(standing)[0]?.contextValue, 'budget.active.resettable');
  });

  it('say that a budget is paused, and offer no reset of it', () => {
    const [look] = lookOf(standingOf({ budget: budgetOf({ isPaused: true }), level: 'over' }));
    assert.equal(look?.description, '$10.00 · paused');
    assert.equal(look?.contextValue, 'budget.paused');
  });
});

describe('the clock', () => {
  const clock = (leftMs: number, lastsUntilReset = false) => ({
    standing: standingOf(),
    leftMs,
    lastsUntilReset,
  });

  it('tells the time until the nearest budget is spent', () => {
    const said = clockText(
      { clock: clock(42 * minuteMs), standings: [standingOf()] },
      undefined,
      nameOf,
      format,
    );
    assert.equal(said?.text, '$(watch) 40 min left');
    assert.equal(said?.label, '40 minutes left until the budget Day is spent, at the present rate');
    assert.equal(said?.background, null);
  });

  it('warns by its colour and its shape where a budget is near, and is red where one is spent', () => {
    const near = { clock: clock(42 * minuteMs), standings: [standingOf({ level: 'near' })] };
    assert.equal(clockText(near, undefined, nameOf, format)?.background, 'warning');
    assert.equal(clockText(near, undefined, nameOf, format)?.text, '$(warning) 40 min left');
    const over = clockText(
      { clock: null, standings: [standingOf({ level: 'over' })] },
      undefined,
      nameOf,
      format,
    );
    assert.equal(over?.text, '$(error) over budget');
    assert.equal(over?.background, 'error');
  });

  it('says no time where the budget begins anew before, and nothing while nothing is spent', () => {
    const calm = clockText(
      { clock: clock(900 * minuteMs, true), standings: [standingOf()] },
      undefined,
      nameOf,
      format,
    );
    assert.equal(calm?.text, '$(pass) within budget');
    assert.equal(clockText({ clock: null, standings: [standingOf()] }, undefined, nameOf, format), undefined);
    const paused = standingOf({ budget: budgetOf({ isPaused: true }), level: 'over' });
    assert.equal(clockText({ clock: null, standings: [paused] }, undefined, nameOf, format), undefined);
  });

  it('lists all budgets under the mouse, names of strangers as text', () => {
    const { value } = standingsTooltip([standingOf()], 50 * minuteMs, () => hostile, scene);
    assert.doesNotMatch(value, /\]\(command:|[^\\]\*\*b|[^\\]\$\(bug|[^ \\]\| \*/);
    assert.match(value.replaceAll('&nbsp;', ' '), /\| \$\\\(bug\\\).* back \| .*\$2\.00 of \$10\.00/);
    assert.match(value, /50 minutes/);
  });
});

describe('an alert', () => {
  const names = { nameOf, sessionName: () => 'Tides' };
  const cause: Cause = {
    session: { ...session, title: hostile, role: null },
    subAgent: { ...session, title: 'Find tile code', role: 'Explore' },
    model: 'gpt-5.5',
    tool: 'Bash',
  };

  it('names what most was spent by, with no link in it', () => {
    const standing = standingOf({ level: 'over', spent: parseDollars('10.4') });
    const said = alertSentence({ type: 'budgetCrossed', standing, cause }, names, format);
    assert.match(said, /^Over budget: Day, \$10\.40 of \$10\.00 spent\. Most of it by the session "/);
    assert.match(said, /the sub-agent "Explore: Find tile code", gpt-5\.5, and calls of Bash\.$/);
    assert.doesNotMatch(said, /\]\(|\u202e|\n/);
  });

  it('does not name the session twice where the budget is its own', () => {
    const standing = standingOf({ budget: sessionBudget, session, level: 'over', spent: parseDollars('6') });
    const alone = { session: cause.session, subAgent: null, model: null, tool: null };
    const said = alertSentence({ type: 'budgetCrossed', standing, cause: alone }, names, format);
    assert.equal(said, 'Over budget: Day, $6.00 of $5.00 spent.');
  });
});
