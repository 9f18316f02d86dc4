import assert from 'node:assert/strict';
import { parseDollars } from '../../../../src/domain/money.ts';
import { type BudgetRows, buildBudgetRows } from '../../../../src/editor/budget/budgetRows.ts';
import type { BudgetsOverview } from '../../../../src/workers/budgetProtocol.ts';
import { budgetOf, sessionBudget, standingOf } from './standing.ts';

const nothing: BudgetsOverview = {
  budgets: [],
  standings: [],
  clock: null,
  rateWindowMs: 1,
  wrong: [],
  estimates: [],
  crossed: [],
  snoozes: [],
  epochs: [],
};

function outline(rows: BudgetRows, ids = rows.roots, indent = ''): string[] {
  return ids.flatMap((id) => [
    `${indent}${id}`,
    ...outline(rows, rows.byId.get(id)?.children ?? [], `${indent} `),
  ]);
}

const rules = ['counts', 'scope', 'marks', 'stops'];

function ofSession(key: string, spent: string, level: 'within' | 'near' | 'over') {
  const session = { agent: 'codex', key } as const;
  return standingOf({ budget: sessionBudget, session, spent: parseDollars(spent), level });
}

describe('the rows of budgets', () => {
  it('are one a budget, with what is to be known of it below', () => {
    const rows = buildBudgetRows({ ...nothing, budgets: [budgetOf()], standings: [standingOf()] });
    assert.deepEqual(outline(rows), ['budget:day', ...rules.map((fact) => ` budget:day#${fact}`)]);
  });

  it('tell until when a budget of theirs is snoozed, and not that others are', () => {
    const snoozes = [
      { budget: null, untilMs: 1 },
      { budget: 'day', untilMs: 2 },
    ];
    const { byId } = buildBudgetRows({
      ...nothing,
      snoozes,
      budgets: [budgetOf(), sessionBudget],
      standings: [standingOf()],
    });
    const told = [...byId.values()].filter((row) => row.kind === 'fact' && row.fact.kind === 'snoozed');
    assert.deepEqual(
      told.map(({ id }) => id),
      ['budget:day#snoozed'],
    );
  });

  it('tell the rate, the times and what it was raised by where there is something to tell', () => {
    const standing = standingOf({
      limit: parseDollars('15'),
      ratePerHour: parseDollars('1'),
      period: { startMs: 1, endMs: 3 },
      nextResetMs: 3,
    });
    const rows = buildBudgetRows({ ...nothing, budgets: [budgetOf()], standings: [standing] });
    assert.deepEqual(
      outline(rows).slice(1),
      ['rate', 'since', 'reset', 'raised', ...rules].map((fact) => ` budget:day#${fact}`),
    );
    const raised = rows.byId.get('budget:day#raised');
    assert.ok(raised?.kind === 'fact' && raised.fact.kind === 'raised');
    assert.equal(raised.fact.by, parseDollars('5'));
  });

  it('tell when their budget came to its levels', () => {
    const crossing = {
      stops: budgetOf().stops,
      session: null,
      level: 'over',
      atMs: 7,
      isTold: true,
    } as const;
    const crossed = [
      { ...crossing, budget: 'day' },
      { ...crossing, budget: 'day', session: { agent: 'codex', key: 'other' } as const },
      { ...crossing, budget: 'week' },
    ];
    const standings = [standingOf({ level: 'over' })];
    const rows = buildBudgetRows({ ...nothing, budgets: [budgetOf()], standings, crossed });
    const row = rows.byId.get('budget:day#crossed');
    assert.ok(row?.kind === 'fact' && row.fact.kind === 'crossed');
    assert.deepEqual(row.fact.crossed, crossed.slice(0, 1));
  });

  it('are two of one budget that warns here and stops there, each with what is known of it', () => {
    const [warns, stops] = [budgetOf({ stops: false }), budgetOf({ stops: true, limit: parseDollars('20') })];
    const standings = [standingOf({ budget: warns, level: 'over' }), standingOf({ budget: stops })];
    const crossing = { budget: 'day', session: null, level: 'over', atMs: 7, isTold: true } as const;
    const crossed = [{ ...crossing, stops: false }];
    const rows = buildBudgetRows({ ...nothing, budgets: [warns, stops], standings, crossed });
    assert.deepEqual(rows.roots, ['budget:day#warns', 'budget:day']);
    const shown = rows.roots.map((id) => rows.byId.get(id));
    assert.deepEqual(
      shown.map((row) => (row?.kind === 'budget' ? row.standing : null)),
      standings,
    );
    assert.deepEqual(
      shown.map((row) => row?.children.some((id) => id.endsWith('#crossed'))),
      [true, false],
    );
  });

  it('have the sessions that are near or over after the budget of each, the worst first', () => {
    const standings = [
      ofSession('calm', '1', 'within'),
      ofSession('near', '4.50', 'near'),
      ofSession('over', '6', 'over'),
    ];
    const rows = buildBudgetRows({ ...nothing, budgets: [sessionBudget], standings });
    assert.deepEqual(rows.roots, [
      'budget:session',
      'budget:session#codex:over',
      'budget:session#codex:near',
    ]);
  });

  it('keep a budget of each session in sight when no session was at work, and one that is paused', () => {
    const paused = budgetOf({ id: 'paused', isPaused: true });
    const rows = buildBudgetRows({
      ...nothing,
      budgets: [sessionBudget, paused],
      standings: [standingOf({ budget: paused })],
    });
    assert.deepEqual(rows.roots, ['budget:paused', 'budget:session']);
    assert.equal(rows.byId.get('budget:paused')?.kind, 'paused');
  });

  it('say of a share of a plan how old it is, or that nothing was reported', () => {
    const ofPlan = budgetOf({ unit: 'planShare', limit: 800_000n });
    const rows = buildBudgetRows({
      ...nothing,
      budgets: [ofPlan],
      standings: [standingOf({ budget: ofPlan })],
    });
    assert.equal(outline(rows)[1], ' budget:day#asOf');
  });

  it('begin with what was left out, and end with what is still being learned', () => {
    const epochs = [{ projectPath: '/home/ann/tides', sessions: 7, of: 20 }];
    const wrong = [{ source: '/home/ann', index: 2, fault: 'per' as const }];
    const budgets = [sessionBudget];
    assert.deepEqual(buildBudgetRows({ ...nothing, budgets, epochs, wrong }).roots, [
      'wrong:/home/ann:2',
      'budget:session',
      'epoch:/home/ann/tides',
    ]);
  });

  it('stand by their time, the shortest first and those of each session last', () => {
    const week = budgetOf({ id: 'week', span: { kind: 'calendar', unit: 'week' } });
    const hours = budgetOf({ id: '5h', span: { kind: 'rolling', hours: 5 } });
    const budgets = [sessionBudget, week, budgetOf(), hours];
    const standings = budgets.slice(1).map((budget) => standingOf({ budget }));
    assert.deepEqual(buildBudgetRows({ ...nothing, budgets, standings }).roots, [
      'budget:5h',
      'budget:day',
      'budget:week',
      'budget:session',
    ]);
  });
});
