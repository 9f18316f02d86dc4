/** The folder worker: a thread that counts folders, so that the counting of what somebody types never waits for it. */

import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createCountEngine } from '../estimator/engine/countEngine.ts';
import { noCache } from '../folders/countCache.ts';
import { systemDisk } from '../folders/disk.ts';
import { SqliteCountCache } from '../folders/sqliteCountCache.ts';
import { loadSqlite } from '../storage/sqlite.ts';
import { serve } from './channel.ts';
import { createFolderHandlers } from './folderHandlers.ts';
import type { FolderEvent, FolderRequests, FolderWorkerData } from './folderProtocol.ts';
import { loadPrices, type UserPrices } from './priceSources.ts';
import { loadRanks } from './ranks.ts';

const { rankPaths, cacheFolder, cataloguePath, ...userPrices } = workerData as FolderWorkerData;

const pricesOf = (prices: UserPrices) => loadPrices({ ...prices, cataloguePath });

if (parentPort === null) throw new Error('folders are counted in a worker');

const send = serve<FolderRequests, FolderEvent>(
  parentPort,
  createFolderHandlers({
    ...pricesOf(userPrices),
    loadPrices: pricesOf,
    disk: systemDisk,
    loadEncoding: (name) => createCountEngine(loadRanks(rankPaths[name])),
    openCache() {
      const sqlite = loadSqlite();
      return 'missing' in sqlite
        ? noCache(`no SQLite in ${sqlite.missing}`)
        : new SqliteCountCache(sqlite, cacheFolder, Date.now);
    },
    now: Date.now,
    pause: () => setImmediate(),
    send: (event) => send(event),
  }),
);
