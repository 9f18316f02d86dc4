/** How a ledger that is in use stands, for the editor. */

import { clockProblem } from '../ledger/clock.ts';
import type { Root } from '../ledger/discover.ts';
import { logFolders } from '../ledger/folders.ts';
import type { LiveLedger } from '../ledger/liveLedger.ts';
import type { LedgerStatus } from './ledgerProtocol.ts';
import type { PriceBook } from './priceBook.ts';

export function statusOf(
  live: LiveLedger,
  roots: readonly Root[],
  wrong: PriceBook['wrong'],
  portsTaken: readonly number[],
  nowMs: number,
): LedgerStatus {
  const clock = live.query((db) => clockProblem(db, nowMs), null);
  const problems = [
    ...live.problems,
    ...(clock === null ? [] : [clock]),
    ...(wrong.length === 0 ? [] : [{ kind: 'wrongPrices', wrong } as const]),
    ...portsTaken.map((port) => ({ kind: 'portTaken', port }) as const),
  ];
  const folders = live.query<LedgerStatus['folders']>((db) => logFolders(db, roots), []);
  const { phase, progress } = live;
  return { phase, problems, folders, ...(progress && { progress }) };
}
