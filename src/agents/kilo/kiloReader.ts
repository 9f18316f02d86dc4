/** Kilo Code: a store as OpenCode has it, which its command line and its extension share, and tasks of the old extension. */

import { mayHoldStores, storeFormats } from '../opencode/formats.ts';
import { dataFolders, namedDatabase, toStore } from '../opencode/places.ts';
import type { LogFormat, LogRoot, Reader } from '../reader.ts';
import { mayHoldTasks } from '../tasks/taskLog.ts';
import { legacyTaskFormat, legacyTaskRoots } from './legacyTasks.ts';

const storeFormat = storeFormats('kilo');

export const kiloReader: Reader = {
  agent: 'kilo',
  version: 4,
  roots: (machine): readonly LogRoot[] => [
    ...dataFolders(machine, 'kilo').map(toStore),
    ...namedDatabase(machine, 'KILO_DB'),
    ...legacyTaskRoots(machine),
  ],
  formatOf: (path): LogFormat | null => storeFormat(path) ?? legacyTaskFormat(path),
  mayHoldLogs: (path) => (/^tasks(?:\/|$)/.test(path) ? mayHoldTasks(path) : mayHoldStores(path)),
};
