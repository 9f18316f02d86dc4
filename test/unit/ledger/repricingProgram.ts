/** A process that tests kill: scans a world's logs by some prices, or prices its receipts anew by them. */

import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../../src/ledger/database.ts';
import { resolveRoots } from '../../../src/ledger/discover.ts';
import { type RepriceScope, Repricing } from '../../../src/ledger/reprice.ts';
import { Scanner } from '../../../src/ledger/scanner.ts';
import { fakeReader } from './fakeReader.ts';
import { pricingOf } from './repricing.ts';
import { sqlite } from './world.ts';

const [, , mode = '', folder = '', prices = '{}'] = process.argv;
const pricing = pricingOf(JSON.parse(prices));
const db = new Database(sqlite(), join(folder, 'data', 'ledger.db'));

if (mode === 'scan') {
  const roots = await resolveRoots([{ reader: fakeReader(), path: join(folder, 'logs') }]);
  const listener = { onStored: () => console.log('stored'), onProgress() {} };
  await new Scanner({ sqlite: sqlite(), db, roots, pricing, listener }).scanAll();
} else {
  const repricing = new Repricing(pricing, mode as RepriceScope);
  while (repricing.step(db)) {
    console.log('a slice');
    await setImmediate();
  }
}
console.log('done');
await sleep(20_000);
