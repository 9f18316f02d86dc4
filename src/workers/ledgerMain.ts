/** The ledger worker: a thread that reads logs, keeps the ledger and answers what is asked of it. */

import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { readers } from '../agents/readers.ts';
import { createLookup } from '../pricing/lookup.ts';
import { parseCatalogue } from '../pricing/parseCatalogue.ts';
import { createPricer } from '../pricing/price.ts';
import { serve } from './channel.ts';
import { loadIntlTables } from './intlTables.ts';
import type { LedgerEvent, LedgerRequests, LedgerWorkerData } from './ledgerProtocol.ts';
import { LedgerService } from './ledgerService.ts';
import { sideReaderStarter } from './sideReader.ts';
import { systemCalendar } from './systemCalendar.ts';

const { cataloguePath, logReaderPath, language } = workerData as LedgerWorkerData;

if (parentPort === null) throw new Error('the ledger runs as a worker');

loadIntlTables(language);

const catalogue = parseCatalogue(JSON.parse(readFileSync(cataloguePath, 'utf8')));
const price = createPricer(catalogue);
const lookup = createLookup(catalogue);

const service = new LedgerService({
  readers,
  startSideReader: logReaderPath === undefined ? undefined : sideReaderStarter(logReaderPath),
  pricing: {
    catalogue: catalogue.version,
    price(receipt) {
      const priced = price(receipt);
      return priced.kind === 'priced' ? priced.cost : null;
    },
    modelIdOf: (loggedModel) => lookup(loggedModel)?.model.id ?? loggedModel,
  },
  calendar: systemCalendar,
  now: Date.now,
  emit: (event) => emit(event),
});

const emit = serve<LedgerRequests, LedgerEvent>(parentPort, service.handlers());
