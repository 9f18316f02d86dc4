import assert from 'node:assert/strict';
import { type Snapshot, toSnapshot } from '../../../src/editor/snapshot.ts';

const snapshot: Snapshot = {
  dayStartMs: 1_790_000_000_000,
  description: 'today: $1.23 · 41.2k tokens',
  hasSessions: true,
  lastModel: 'claude-sonnet-5-5',
};

function stored(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(snapshot));
}

describe('Snapshot', () => {
  it('comes back from storage as it was', () => {
    assert.deepEqual(toSnapshot(stored()), snapshot);
  });

  it('does without a model', () => {
    assert.deepEqual(toSnapshot({ ...stored(), lastModel: null }), { ...snapshot, lastModel: undefined });
  });

  const damaged: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['another type', 'text'],
    ['a list', []],
    ['a description that is none', { ...stored(), description: 12 }],
    ['totals, as they were stored before', { ...stored(), description: undefined, today: { cost: '1' } }],
    ['a date that is none', { ...stored(), dayStartMs: 'monday' }],
    ['an answer that is neither yes nor no', { ...stored(), hasSessions: 1 }],
  ];
  for (const [what, value] of damaged) {
    it(`ignores ${what}`, () => assert.equal(toSnapshot(value), undefined));
  }
});
