/** OpenCode: one database for all projects, and the files of JSON that it had before. */

import type { Reader } from '../reader.ts';
import { mayHoldStores, storeFormats } from './formats.ts';
import { opencodeRoots } from './places.ts';

export const opencodeReader: Reader = {
  agent: 'opencode',
  version: 3,
  roots: opencodeRoots,
  formatOf: storeFormats('opencode'),
  mayHoldLogs: mayHoldStores,
};
