import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  addCounts,
  type Counts,
  countsVariable,
  readCounts,
  summaryLine,
  writeCounts,
} from '../../harness/counts.ts';
import { withTemporaryFolder } from '../../harness/isolation.ts';

const whenTold = (counts: Counts, exitCode: number) =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, 'counts.json');
    writeCounts(counts, { [countsVariable]: file });
    return readCounts(file, exitCode);
  });

describe('the counts of a suite', () => {
  it('are those that it told, with the tests that need a look', async () => {
    const notes = ['failed: one of them (so it was)'];
    assert.deepEqual(await whenTold({ passed: 3, failed: 0 }, 0), { passed: 3, failed: 0, notes: [] });
    assert.deepEqual(await whenTold({ passed: 3, failed: 1, notes }, 1), { passed: 3, failed: 1, notes });
  });

  it('hold a failure when it told nothing, whatever its exit code', () => {
    const { passed, failed, notes } = readCounts('/nowhere/counts.json', 0);
    assert.deepEqual([passed, failed, notes?.length], [0, 1, 1]);
  });

  it('hold a failure when all tests passed and it crashed afterwards', async () => {
    const { passed, failed, notes } = await whenTold({ passed: 3, failed: 0 }, 1);
    assert.deepEqual([passed, failed, notes?.length], [3, 1, 1]);
  });

  it('hold a failure when no test ran', async () => {
    const { passed, failed, notes } = await whenTold({ passed: 0, failed: 0 }, 0);
    assert.deepEqual([passed, failed, notes?.length], [0, 1, 1]);
  });

  it('add up to one line, after all that needs a look', () => {
    const sum = addCounts([
      { passed: 3, failed: 0, notes: ['tried again: one'] },
      { passed: 4, failed: 1, notes: ['failed: another'] },
    ]);
    assert.deepEqual(sum.notes, ['tried again: one', 'failed: another']);
    assert.equal(summaryLine(sum), '7 passed, 1 failed');
  });
});
