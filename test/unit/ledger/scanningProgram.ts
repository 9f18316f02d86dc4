/** A process that is killed by tests: scans a world's logs, looks at some of them, or holds its scanner lock. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../../src/ledger/database.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { Scanner } from '../../../src/ledger/scanner.ts';
import { ScannerLock } from '../../../src/ledger/scannerLock.ts';
import { fakeReader } from './fakeReader.ts';
import { onePicoEach, sqlite } from './world.ts';

const [, , mode, folder = '', ...paths] = process.argv;
const data = join(folder, 'data');

if (mode === 'hold') {
  const lock = ScannerLock.take(sqlite(), data);
  console.log(lock === null ? 'refused' : 'held');
} else {
  const db = new Database(sqlite(), join(data, 'ledger.db'));
  const roots = await resolveRoots([{ reader: fakeReader(), path: join(folder, 'logs') }]);
  const listener = { onStored: () => console.log('stored'), onProgress() {} };
  const scanner = new Scanner({ sqlite: sqlite(), db, roots, pricing: onePicoEach, listener });
  await (mode === 'look' ? scanner.look(paths) : scanner.scanAll());
  console.log('done');
}
await sleep(20_000);
