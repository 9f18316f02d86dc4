import assert from 'node:assert/strict';
import { noTotalsByAccount } from '../../../src/domain/account.ts';
import type { PlanReading } from '../../../src/domain/planReading.ts';
import type { RowId } from '../../../src/editor/rows/rows.ts';
import { longestLabel } from '../../../src/editor/sessions/sessionFacts.ts';
import { buildRows, type SessionRows, sessionRowId } from '../../../src/editor/sessions/sessionRows.ts';
import type { SessionNode } from '../../../src/ledger/views.ts';
import { sessionNode, totals } from './sessionNode.ts';

const now = new Date(2026, 10, 22, 9).getTime();
const hourMs = 3_600_000;

function outline(rows: SessionRows, ids = rows.roots, indent = ''): string[] {
  return ids.flatMap((id) => [
    `${indent}${id}`,
    ...outline(rows, rows.byId.get(id)?.children ?? [], `${indent} `),
  ]);
}

function isNoFact(line: string): boolean {
  return !line.includes('#');
}

function build(...sessions: SessionNode[]): SessionRows {
  return buildRows(
    { page: { sessions, totalSessions: sessions.length, plan: [] }, today: noTotalsByAccount, refused: 0 },
    now,
  );
}

describe('buildRows', () => {
  it('puts sessions under the day of their last activity, in the order given', () => {
    const rows = build(
      sessionNode({ key: 'a', lastMs: now - hourMs, own: totals({}) }),
      sessionNode({ key: 'b', lastMs: now - 8 * hourMs, own: totals({}) }),
      sessionNode({ key: 'c', lastMs: now - 10 * hourMs, own: totals({}) }),
      sessionNode({ key: 'd', lastMs: now - 34 * hourMs, own: totals({}) }),
    );
    assert.deepEqual(outline(rows).filter(isNoFact), [
      'day:today',
      ' session:claude-code:a',
      ' session:claude-code:b',
      'day:yesterday',
      ' session:claude-code:c',
      'day:earlier',
      ' session:claude-code:d',
    ]);
  });

  it('counts a session dated in the future as of today', () => {
    const rows = build(sessionNode({ key: 'a', lastMs: now + 100 * hourMs, own: totals({}) }));
    assert.deepEqual(rows.roots, ['day:today']);
  });

  it('shows the facts of a session before its sub-agents, at every depth', () => {
    const deep = sessionNode({ key: 'deep', own: totals({ output: 1 }) });
    const middle = sessionNode({ key: 'middle', own: totals({ output: 2 }), subAgents: [deep] });
    const top = sessionNode({
      key: 'top',
      lastMs: now,
      models: ['m'],
      projectPath: '/p',
      own: totals({ uncachedInput: 5, cacheRead: 7 }),
      subAgents: [middle],
    });
    assert.deepEqual(
      outline(build(top)).map((line) => line.replaceAll('session:claude-code:', '')),
      [
        'day:today',
        ' top',
        '  top#agent',
        '  top#state',
        '  top#cost',
        '  top#models',
        '  top#project',
        '  top#uncachedInput',
        '  top#cacheRead',
        '  top#output',
        '  middle',
        '   middle#state',
        '   middle#cost',
        '   middle#output',
        '   deep',
        '    deep#state',
        '    deep#cost',
        '    deep#output',
      ],
    );
  });

  it('has a row for a title that is too long for its own row', () => {
    const rows = build(
      sessionNode({ key: 'short', lastMs: now, title: 'x'.repeat(longestLabel) }),
      sessionNode({ key: 'long', lastMs: now, title: 'x'.repeat(longestLabel + 1) }),
    );
    assert.equal(rows.byId.has('session:claude-code:short#title'), false);
    assert.equal(rows.byId.has('session:claude-code:long#title'), true);
  });

  it('knows the parent of every row', () => {
    const subAgent = sessionNode({ key: 'sub' });
    const rows = build(sessionNode({ key: 'top', lastMs: now, subAgents: [subAgent] }));
    const children = (id: RowId) => rows.byId.get(id)?.children ?? [];
    for (const [id, row] of rows.byId) {
      for (const child of children(id)) assert.equal(rows.byId.get(child)?.parent, id);
      if (row.parent !== undefined) assert.ok(children(row.parent).includes(id));
    }
    assert.equal(rows.byId.get(sessionRowId(subAgent))?.parent, 'session:claude-code:top');
  });

  it('sums tokens with those of sub-agents', () => {
    const subAgent = sessionNode({ key: 'sub', own: totals({ output: 30, reasoning: 4 }) });
    const top = sessionNode({
      key: 'top',
      lastMs: now,
      own: totals({ cacheRead: 9, output: 12 }),
      subAgents: [subAgent],
    });
    const rows = build(top);
    const fact = (kind: string) => {
      const row = rows.byId.get(`session:claude-code:top#${kind}`);
      return row?.kind === 'fact' ? row.fact : undefined;
    };
    assert.deepEqual(fact('output'), {
      kind: 'output',
      tokens: 42,
      reasoningTokens: 4,
      isLowerBound: false,
    });
    assert.deepEqual(fact('cacheRead'), {
      kind: 'cacheRead',
      tokens: 9,
      reasoningTokens: 0,
      isLowerBound: false,
    });
  });

  it('never shows a partial sum as a whole one, nor hides tokens without a price', () => {
    const own = totals(
      { output: 5 },
      { receipts: 2, partialReceipts: 1, unpricedReceipts: 1, unpricedTokens: 5 },
    );
    const rows = build(sessionNode({ key: 'a', lastMs: now, own }));
    const output = rows.byId.get('session:claude-code:a#output');
    assert.equal(output?.kind === 'fact' && 'isLowerBound' in output.fact && output.fact.isLowerBound, true);
    const unpriced = rows.byId.get('session:claude-code:a#unpriced');
    assert.deepEqual(unpriced?.kind === 'fact' && unpriced.fact, { kind: 'unpriced', tokens: 5 });
  });

  it("tells the day's total of today, and not as the sum of its sessions", () => {
    const today = { ...noTotalsByAccount, plan: totals({ output: 77 }) };
    const sessions = [sessionNode({ key: 'a', lastMs: now }), sessionNode({ key: 'b' })];
    const rows = buildRows({ page: { sessions, totalSessions: 2, plan: [] }, today, refused: 0 }, now);
    const spent = (id: string) => {
      const row = rows.byId.get(id);
      return row?.kind === 'day' ? row.spent : undefined;
    };
    assert.equal(spent('day:today'), today);
    assert.equal(spent('day:earlier'), null);
  });

  it('has what agents report of plans above all sessions, a row a window', () => {
    const reading: Omit<PlanReading, 'window'> = {
      agent: 'codex',
      windowMinutes: 300,
      usedPercent: 12,
      resetsAtMs: now,
      plan: null,
      atMs: now,
    };
    const plan = [
      { ...reading, window: 'primary' },
      { ...reading, window: 'secondary' },
    ] as const;
    const page = { sessions: [sessionNode({ key: 'a', lastMs: now })], totalSessions: 1, plan };
    const rows = buildRows({ page, today: noTotalsByAccount, refused: 0 }, now);
    assert.deepEqual(rows.roots, ['plans', 'day:today']);
    assert.deepEqual(rows.byId.get('plans')?.children, ['plan:codex:primary', 'plan:codex:secondary']);
    assert.deepEqual(rows.byId.get('plan:codex:primary')?.parent, 'plans');
  });

  it('says how many sessions are not shown and how many records were left out', () => {
    const rows = buildRows(
      {
        page: { sessions: [sessionNode({ key: 'a', lastMs: now })], totalSessions: 4, plan: [] },
        today: noTotalsByAccount,
        refused: 7,
      },
      now,
    );
    assert.deepEqual(rows.roots, ['day:today', 'older', 'refused']);
    const older = rows.byId.get('older');
    const refused = rows.byId.get('refused');
    assert.equal(older?.kind === 'older' && older.hidden, 3);
    assert.equal(refused?.kind === 'refused' && refused.records, 7);
  });
});
