/** The ledger worker: a thread that reads logs, keeps the ledger and answers what is asked of it. */

import { parentPort, workerData } from 'node:worker_threads';
import { readers } from '../agents/readers.ts';
import { serve } from './channel.ts';
import { nodeDisk } from './disk.ts';
import { loadIntlTables } from './intlTables.ts';
import type { LedgerEvent, LedgerRequests, LedgerWorkerData } from './ledgerProtocol.ts';
import { LedgerService } from './ledgerService.ts';
import { PriceBook } from './priceBook.ts';
import { loadBundled } from './priceSources.ts';
import { RequestReceivers } from './requestReceiver.ts';
import { sideReaderStarter } from './sideReader.ts';
import { systemCalendar } from './systemCalendar.ts';

const { cataloguePath, logReaderPath, language, version } = workerData as LedgerWorkerData;

if (parentPort === null) throw new Error('the ledger runs as a worker');

const service = new LedgerService({
  readers,
  startSideReader: logReaderPath === undefined ? undefined : sideReaderStarter(logReaderPath),
  pricing: new PriceBook(loadBundled(cataloguePath)),
  disk: nodeDisk,
  programs: version === undefined ? null : { cataloguePath, version },
  receivers: new RequestReceivers(Date.now),
  calendar: systemCalendar,
  now: Date.now,
  prepareHost: () => loadIntlTables(language),
  emit: (event) => emit(event),
});

const emit = serve<LedgerRequests, LedgerEvent>(parentPort, service.handlers());
