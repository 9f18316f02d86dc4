import assert from 'node:assert/strict';
import { parseBudgets } from '../../../../src/budgets/parseBudgets.ts';
import {
  type BudgetDraft,
  firstDraft,
  mayBeOfFolder,
  narrowingsFor,
  parseHours,
  scopeOf,
  toEntry,
  unitsFor,
} from '../../../../src/editor/budget/budgetDraft.ts';

const project = '/home/ann/tides';
const session = { kind: 'session' } as const;

function draft(changed: Partial<BudgetDraft>): BudgetDraft {
  return { ...firstDraft, limit: 5, ...changed };
}

describe('a budget that is made', () => {
  it('is written in as few words as it takes', () => {
    assert.deepEqual(toEntry(draft({}), project), { per: 'day', limit: 5 });
    assert.deepEqual(toEntry(draft({ span: { kind: 'rolling', hours: 5 }, unit: 'tokens' }), project), {
      per: '5h',
      limit: 5,
      unit: 'tokens',
    });
    const narrowed = draft({ narrowing: 'agent', agent: 'codex', model: 'left from before' });
    assert.deepEqual(toEntry(narrowed, project), { per: 'day', limit: 5, agent: 'codex' });
  });

  it("names this project in the user's settings, and not in the project's own", () => {
    const ofProject = draft({ narrowing: 'project' });
    assert.deepEqual(toEntry(ofProject, project), { per: 'day', limit: 5, project });
    assert.deepEqual(toEntry({ ...ofProject, folder: project }, project), { per: 'day', limit: 5 });
    assert.deepEqual(scopeOf({ ...ofProject, folder: project }, project), { project });
  });

  it('is never one that the ledger refuses, whatever was picked', () => {
    for (const span of [
      session,
      { kind: 'calendar', unit: 'month' },
      { kind: 'rolling', hours: 5 },
    ] as const) {
      for (const unit of unitsFor(span)) {
        for (const narrowing of narrowingsFor(draft({ span, unit }), true)) {
          const picked = draft({ span, unit, narrowing, agent: 'codex', model: 'gpt-*' });
          for (const folder of mayBeOfFolder(picked) ? [null, project] : [null]) {
            const entry = toEntry({ ...picked, folder }, project);
            const place = { project: folder, homeFolder: '/home/ann' };
            assert.deepEqual(parseBudgets([entry], place).wrong, [], JSON.stringify(entry));
          }
        }
      }
    }
  });

  it('offers no project where no folder is open', () => {
    assert.ok(!narrowingsFor(draft({}), false).includes('project'));
  });
});

describe('hours that are typed', () => {
  for (const [text, hours] of [
    ['5', 5],
    [' 24h ', 24],
    ['8784', 8784],
  ] as const) {
    it(`may be "${text}"`, () => assert.equal(parseHours(text), hours));
  }
  for (const text of ['', '0', '-5', '1.5', '8785', '99999', 'five', '5 m', '5hh']) {
    it(`cannot be "${text}"`, () => assert.equal(parseHours(text), undefined));
  }
});
