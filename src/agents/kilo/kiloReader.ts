/** Kilo Code: a store as OpenCode has it, which its command line and its extension share. */

import { mayHoldStores, storeFormats } from '../opencode/formats.ts';
import { dataFolders } from '../opencode/places.ts';
import type { Reader } from '../reader.ts';

/** Logs of one kind: where they lie, and what they are. */
type Logs = Required<Pick<Reader, 'roots' | 'formatOf' | 'mayHoldLogs'>>;

const stores: Logs = {
  roots: (machine) => dataFolders(machine, 'kilo').map((path) => ({ path })),
  formatOf: storeFormats('kilo'),
  mayHoldLogs: mayHoldStores,
};

const kinds: readonly Logs[] = [stores];

export const kiloReader: Reader = {
  agent: 'kilo',
  version: 1,
  roots: (machine) => kinds.flatMap(({ roots }) => roots(machine)),
  formatOf: (path) => kinds.map(({ formatOf }) => formatOf(path)).find((format) => format !== null) ?? null,
  mayHoldLogs: (path) => kinds.some(({ mayHoldLogs }) => mayHoldLogs(path)),
};
