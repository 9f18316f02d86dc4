/** What commands about guards load. Nothing is put into agents' files by itself: they are their user's. */

import { refreshPrograms } from '../../guard/programs.ts';
import { showExamination } from './examination.ts';
import { freeAgents } from './freeing.ts';
import { guardAgents } from './guarding.ts';
import type { GuardPlace } from './guardPlace.ts';

export const guards = { guardAgents, freeAgents, showExamination, refresh };

/** @throws what the disk says */
function refresh({ dataFolder, distFolder, version }: GuardPlace): void {
  refreshPrograms(dataFolder, { distFolder, version, runtime: process.execPath });
}
