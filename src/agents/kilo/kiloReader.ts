/** Kilo Code. */

import type { Reader } from '../reader.ts';
import { mayHoldTasks } from '../tasks/taskLog.ts';
import { legacyTaskFormat, legacyTaskRoots } from './legacyTasks.ts';

export const kiloReader: Reader = {
  agent: 'kilo',
  version: 1,
  roots: legacyTaskRoots,
  formatOf: legacyTaskFormat,
  mayHoldLogs: mayHoldTasks,
};
