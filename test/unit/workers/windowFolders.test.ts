import assert from 'node:assert/strict';
import type { LiveLedger } from '../../../src/ledger/liveLedger.ts';
import { WindowFolders } from '../../../src/workers/windowFolders.ts';

describe('folders open in other windows', () => {
  const folders = new WindowFolders(['/own'], () => 0);

  it('are those known before while the ledger cannot be asked', () => {
    const busy = Object.assign(new Error('database is locked'), { errcode: 5 });
    assert.deepEqual(folders.of(answering(busy), ['/own', '/other']), ['/own', '/other']);
  });

  it('hide no bug', () => {
    assert.throws(() => folders.of(answering(new TypeError('a bug')), []), TypeError);
  });
});

function answering(error: Error): LiveLedger {
  const query = () => {
    throw error;
  };
  return { query } as unknown as LiveLedger;
}
