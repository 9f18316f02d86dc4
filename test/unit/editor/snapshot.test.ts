import assert from 'node:assert/strict';
import { parseDollars } from '../../../src/domain/money.ts';
import { noTotals } from '../../../src/domain/totals.ts';
import { packSnapshot, type Snapshot, unpackSnapshot } from '../../../src/editor/snapshot.ts';

const snapshot: Snapshot = {
  dayStartMs: 1_790_000_000_000,
  today: { ...noTotals, receipts: 3, cost: parseDollars('1.234567890123') },
  hasSessions: true,
  lastModel: 'claude-sonnet-5-5',
};

function stored(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(packSnapshot(snapshot)));
}

describe('Snapshot', () => {
  it('comes back from storage as it was', () => {
    assert.deepEqual(unpackSnapshot(stored()), snapshot);
  });

  it('does without a model', () => {
    assert.deepEqual(unpackSnapshot({ ...stored(), lastModel: null }), { ...snapshot, lastModel: undefined });
  });

  const damaged: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['another type', 'text'],
    ['a list', []],
    ['missing totals', { ...stored(), today: null }],
    ['totals without their tokens', { ...stored(), today: { ...noTotals, cost: '1', tokens: {} } }],
    ['a negative count', { ...stored(), today: { ...noTotals, cost: '1', receipts: -1 } }],
    ['a cost that is no number', { ...stored(), today: { ...noTotals, cost: '1.5' } }],
    ['a date that is none', { ...stored(), dayStartMs: 'monday' }],
  ];
  for (const [what, value] of damaged) {
    it(`ignores ${what}`, () => assert.equal(unpackSnapshot(value), undefined));
  }
});
