import assert from 'node:assert/strict';
import { join } from 'node:path';
import { addCounts, countsVariable, readCounts, summaryLine, writeCounts } from '../../harness/counts.ts';
import { withTemporaryFolder } from '../../harness/isolation.ts';

const whenTold = (passed: number, failed: number, exitCode: number) =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, 'counts.json');
    writeCounts({ passed, failed }, { [countsVariable]: file });
    return readCounts(file, exitCode);
  });

describe('the counts of a suite', () => {
  it('are those that it told', async () => {
    assert.deepEqual(await whenTold(3, 0, 0), { passed: 3, failed: 0 });
    assert.deepEqual(await whenTold(3, 2, 2), { passed: 3, failed: 2 });
  });

  it('hold a failure when it told nothing, whatever its exit code', () => {
    assert.deepEqual(readCounts('/nowhere/counts.json', 0), { passed: 0, failed: 1 });
  });

  it('hold a failure when all tests passed and it crashed afterwards', async () => {
    assert.deepEqual(await whenTold(3, 0, 1), { passed: 3, failed: 1 });
  });

  it('hold a failure when no test ran', async () => {
    assert.deepEqual(await whenTold(0, 0, 0), { passed: 0, failed: 1 });
  });

  it('add up to one line', () => {
    const sum = addCounts([
      { passed: 3, failed: 0 },
      { passed: 4, failed: 1 },
    ]);
    assert.equal(summaryLine(sum), '7 passed, 1 failed');
  });
});
