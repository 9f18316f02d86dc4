import assert from 'node:assert/strict';
import { noTotalsByAccount } from '../../../src/domain/account.ts';
import { changedRows } from '../../../src/editor/rows/rowChanges.ts';
import type { RowId } from '../../../src/editor/rows/rows.ts';
import { buildRows, type Row, type SessionRows } from '../../../src/editor/sessions/sessionRows.ts';
import { sessionNode, totals } from './sessionNode.ts';

const now = new Date(2026, 10, 22, 9).getTime();

function rowsOf(...keys: string[]): SessionRows {
  const subAgents = [sessionNode({ key: 'sub', own: totals({ output: 1 }) })];
  const sessions = keys.map((key) =>
    sessionNode({ key, lastMs: now, own: totals({}), subAgents: key === 'a' ? subAgents : [] }),
  );
  return buildRows(
    { page: { sessions, totalSessions: keys.length, plan: [] }, today: noTotalsByAccount, refused: 0 },
    now,
  );
}

const different =
  (...ids: readonly RowId[]) =>
  ({ id }: Row) =>
    ids.includes(id);

describe('changedRows', () => {
  const before = rowsOf('a', 'b');

  it('names no row when nothing looks different', () => {
    assert.deepEqual(changedRows(before, rowsOf('a', 'b'), different()), []);
  });

  it('names the row that looks different, and not those below it', () => {
    const changes = different('session:claude-code:a', 'session:claude-code:sub#output');
    assert.deepEqual(changedRows(before, before, changes), ['session:claude-code:a']);
  });

  it('names a row deep down when all above it look the same', () => {
    const changes = different('session:claude-code:sub#output', 'session:claude-code:b');
    assert.deepEqual(changedRows(before, before, changes), [
      'session:claude-code:sub#output',
      'session:claude-code:b',
    ]);
  });

  it('names the parent of rows that came, went or moved', () => {
    for (const keys of [['a', 'b', 'c'], ['a'], ['b', 'a']]) {
      const after = rowsOf(...keys);
      assert.deepEqual(changedRows(before, after, different()), ['day:today']);
    }
  });

  it('asks for everything when the days themselves changed', () => {
    const empty = rowsOf();
    assert.equal(changedRows(empty, before, different()), undefined);
    assert.equal(changedRows(before, empty, different()), undefined);
  });
});
